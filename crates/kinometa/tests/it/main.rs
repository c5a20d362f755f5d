//! The server through its public doors: HTTP and the command line.

mod openapi;
