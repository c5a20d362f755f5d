//! The engine that keeps the local timeline and Trakt in step.
