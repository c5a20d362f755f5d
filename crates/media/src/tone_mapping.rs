//! Tone mapping from HDR to SDR: the only place that defines it.

use crate::probe::{Hdr, VideoTrack};

/// The ffmpeg filters that map HDR video to SDR. Put them after scaling, because they are expensive per
/// pixel. They need ffmpeg's `zscale`.
pub fn to_sdr(hdr: Hdr) -> String {
    // Set explicitly, because it is often missing in the video and needed for mapping.
    let transfer = if hdr == Hdr::Hlg { "arib-std-b67" } else { "smpte2084" };
    format!(
        "setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc,\
         zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,\
         zscale=t=bt709:m=bt709:r=tv"
    )
}

/// Whether ffmpeg can show this track in correct colours. `can_tone_map`: whether ffmpeg has `zscale`. Dolby
/// Vision profile 5 cannot be mapped, because only Dolby Vision decoders show its colours correctly.
pub fn can_be_shown(track: &VideoTrack, can_tone_map: bool) -> bool {
    track.hdr.is_none() || (can_tone_map && track.dolby_vision_profile != Some(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_name_the_transfer_characteristic_of_each_hdr_format() {
        assert!(to_sdr(Hdr::Hlg).contains("color_trc=arib-std-b67"));
        for hdr in [Hdr::Hdr10, Hdr::Hdr10Plus, Hdr::DolbyVision] {
            assert!(to_sdr(hdr).contains("color_trc=smpte2084"), "{hdr:?}");
        }
    }

    #[test]
    fn tracks_are_shown_only_if_their_colours_can_be_mapped() {
        let track = |hdr, profile| VideoTrack { hdr, dolby_vision_profile: profile, ..VideoTrack::default() };
        assert!(can_be_shown(&track(None, None), false));
        assert!(can_be_shown(&track(Some(Hdr::Hdr10), None), true));
        assert!(!can_be_shown(&track(Some(Hdr::Hdr10), None), false));
        assert!(can_be_shown(&track(Some(Hdr::DolbyVision), Some(8)), true));
        assert!(!can_be_shown(&track(Some(Hdr::DolbyVision), Some(5)), true));
    }
}
