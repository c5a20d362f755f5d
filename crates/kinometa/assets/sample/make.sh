#!/bin/sh
# Makes the sample clips again. Everything in them is drawn and sounded by ffmpeg's own sources: no footage, no licence.
# Needs ffmpeg with libx264, libvpx-vp9 and libopus. The clips are committed; run this only to change them.
set -eu
cd "$(dirname "$0")"

# A layer is drawn once, wider than the frame, and then pushed past it: the nearer, the faster.
hills() { # colour, baseline (share of the height), wave height (share), frequency
    printf "color=c=%s:s=%sx%s:r=%s:d=0.001,format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*gt(Y/H,%s-%s*(sin(X/H*%s)+0.5*sin(X/H*%s*2.3+1)))',loop=loop=-1:size=1" \
        "$1" $(( ${SIZE%x*} + ${SIZE#*x} * 6 )) "${SIZE#*x}" "$RATE" "$2" "$3" "$4" "$4"
}
sky() { # top, middle, low
    printf "gradients=s=%s:r=%s:d=0.001:n=3:c0=%s:c1=%s:c2=%s:x0=0:y0=0:x1=0:y1=%s:speed=0.00001,loop=loop=-1:size=1" \
        "$SIZE" "$RATE" "$1" "$2" "$3" "${SIZE#*x}"
}
disc() { # colour, diameter
    printf "color=c=%s:s=%sx%s:r=%s:d=0.001,format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*clip(W/2-hypot(X-W/2,Y-H/2),0,1)',loop=loop=-1:size=1" \
        "$1" "$2" "$2" "$RATE"
}
scene() { # sky colours (3), disc colour, disc start and end height (shares), three hill colours
    size=$(( ${SIZE#*x} / 4 ))
    printf "%s[s];%s[d];%s[a];%s[b];%s[c];[s][d]overlay=x=W*0.62-w/2:y='H*(%s+(%s-%s)*t/%s)-h/2'[1];[1][a]overlay=x='-t*H*0.03'[2];[2][b]overlay=x='-t*H*0.08'[3];[3][c]overlay=x='-t*H*0.2',trim=duration=%s,format=yuv420p[v]" \
        "$(sky "$1" "$2" "$3")" "$(disc "$4" "$size")" \
        "$(hills "$7" 0.64 0.045 3.1)" "$(hills "$8" 0.75 0.05 4.3)" "$(hills "$9" 0.88 0.045 5.7)" \
        "$5" "$6" "$5" "$SECONDS_LONG" "$SECONDS_LONG"
}
# A slow chord of three tones (Hz).
chord() {
    printf "aevalsrc='0.11*(sin(2*PI*%s*t)+sin(2*PI*%s*t)+sin(2*PI*%s*t))*(0.75+0.25*sin(2*PI*t/5))':d=%s:s=44100,afade=t=in:d=1.5,afade=t=out:st=%s:d=2,lowpass=f=1200" \
        "$1" "$2" "$3" "$SECONDS_LONG" "$((SECONDS_LONG - 2))"
}
subtitles() { # one line every four seconds, saying what is to be seen
    i=1
    for line in "$@"; do
        printf '%d\n00:00:%02d,000 --> 00:00:%02d,500\n%s\n\n' "$i" $(( (i - 1) * 4 + 1 )) $(( (i - 1) * 4 + 4 )) "$line"
        i=$((i + 1))
    done
}

quiet="-hide_banner -loglevel error -y -bitexact"
RATE=12 SECONDS_LONG=18 SIZE=1920x1080
subtitles "The sun comes up." "Nobody is awake yet." "The hills go by." "It is going to be a fine day." > en.srt
subtitles "De zon komt op." "Nog niemand is wakker." "De heuvels trekken voorbij." "Het wordt een mooie dag." > nl.srt
# shellcheck disable=SC2086
ffmpeg $quiet -filter_complex "$(scene 0x241a4d 0xb5476b 0xf7b267 0xfff1d0 0.72 0.30 0x7a3b69 0x4a2a5e 0x1d1533)" \
    -f lavfi -i "$(chord 196 246.94 293.66)" -f lavfi -i "$(chord 174.61 220 261.63)" -i en.srt -i nl.srt \
    -map '[v]' -map 0:a -map 1:a -map 2:s -map 3:s -c:v libx264 -preset veryslow -crf 42 -g 60 -profile:v high \
    -c:a aac -b:a 16k -ac 1 -ar 24000 -c:s srt -metadata:s:a:0 language=eng -metadata:s:a:1 language=nld -metadata:s:a:1 title=Nederlands \
    -metadata:s:s:0 language=eng -metadata:s:s:1 language=nld -metadata title= sunrise.mkv
rm en.srt nl.srt

SECONDS_LONG=18 SIZE=854x480
# shellcheck disable=SC2086
ffmpeg $quiet -filter_complex "$(scene 0x0b3d5c 0x2a9d8f 0xf4e8c1 0xfffbe8 0.30 0.40 0x1f7a8c 0x135e73 0x0a3247)" \
    -f lavfi -i "$(chord 220 277.18 329.63)" -map '[v]' -map 0:a -c:v libx264 -preset veryslow -crf 39 -g 75 \
    -c:a aac -b:a 16k -ac 1 -ar 24000 -movflags +faststart sea.mp4

SECONDS_LONG=16 SIZE=640x360
# shellcheck disable=SC2086
ffmpeg $quiet -filter_complex "$(scene 0x070b1f 0x1c2456 0x4b4a8f 0xf1f1f8 0.36 0.24 0x272b63 0x171a45 0x080a1f)" \
    -f lavfi -i "$(chord 146.83 220 261.63)" -map '[v]' -map 0:a -c:v libvpx-vp9 -b:v 0 -crf 52 -g 75 -row-mt 1 \
    -c:a libopus -b:a 16k -ac 1 night.webm

RATE=24 SECONDS_LONG=10 SIZE=320x180
# shellcheck disable=SC2086
ffmpeg $quiet -filter_complex "$(scene 0x5b1a18 0xd1603d 0xf2cc8f 0xfff3d6 0.60 0.44 0xa44a3f 0x6b2d2a 0x2b1414)" \
    -f lavfi -i "$(chord 164.81 207.65 246.94)" -map '[v]' -map 0:a -c:v mpeg2video -q:v 24 -g 96 -bf 2 \
    -c:a ac3 -b:a 32k -ac 1 -ar 32000 dunes.mkv
ls -l ./*.mkv ./*.mp4 ./*.webm
