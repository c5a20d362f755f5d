//! Playback of real clips: direct play, HLS, subtitles, resume points and plays.

mod clips;
mod direct;
mod drawn;
mod fixture;
mod frames;
mod hls;
mod load;
mod odd_files;
mod parts;
mod pgs;
mod players;
mod stream;
mod subtitles;
mod timeline;
mod together;
