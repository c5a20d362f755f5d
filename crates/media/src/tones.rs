//! Tone mapping from HDR to SDR: the only place that defines it.

use crate::probe::{Hdr, VideoTrack};

/// The ffmpeg filters that map a picture with high dynamic range to the standard one. They belong behind scaling, because they
/// cost much for each pixel. They need ffmpeg's `zscale`.
pub fn to_standard(hdr: Hdr) -> String {
    // Set explicitly, because it is often missing in the video and needed for mapping.
    let transfer = if hdr == Hdr::Hlg { "arib-std-b67" } else { "smpte2084" };
    format!(
        "setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc,\
         zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,\
         zscale=t=bt709:m=bt709:r=tv"
    )
}

/// Whether ffmpeg can show a picture of this track in its colours. `maps_tones`: it has `zscale`.
pub fn can_be_shown(track: &VideoTrack, maps_tones: bool) -> bool {
    track.hdr.is_none() || (maps_tones && track.dolby_vision_profile != Some(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_transfer_is_named_by_the_word_that_ffmpeg_knows() {
        assert!(to_standard(Hdr::Hlg).contains("color_trc=arib-std-b67"));
        for hdr in [Hdr::Hdr10, Hdr::Hdr10Plus, Hdr::DolbyVision] {
            assert!(to_standard(hdr).contains("color_trc=smpte2084"), "{hdr:?}");
        }
    }

    #[test]
    fn colours_that_nothing_maps_are_not_shown() {
        let track = |hdr, profile| VideoTrack { hdr, dolby_vision_profile: profile, ..VideoTrack::default() };
        assert!(can_be_shown(&track(None, None), false));
        assert!(can_be_shown(&track(Some(Hdr::Hdr10), None), true));
        assert!(!can_be_shown(&track(Some(Hdr::Hdr10), None), false));
        assert!(can_be_shown(&track(Some(Hdr::DolbyVision), Some(8)), true));
        assert!(!can_be_shown(&track(Some(Hdr::DolbyVision), Some(5)), true));
    }
}
