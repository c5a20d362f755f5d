//! Playing real clips: as they are, as HLS, with subtitles, and what follows from watching them.

mod cinema;
mod clips;
mod direct;
mod drawn;
mod hls;
mod load;
mod pgs;
mod players;
mod stream;
mod subtitles;
