//! walk
/// x
pub fn is_video_extension(e: &str) -> bool { ["mkv","mp4","avi","m4v","mov","webm","vob","m2ts","ts"].contains(&e.to_lowercase().as_str()) }
