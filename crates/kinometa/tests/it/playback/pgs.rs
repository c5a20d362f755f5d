//! Image subtitles in the Blu-ray format (PGS): a white box at the bottom. ffmpeg cannot generate them.

/// Size of the canvas, the same as that of the clips.
const CANVAS: (u16, u16) = (320, 180);
/// Left, top, width and height of the box.
pub const BOX: (u16, u16, u16, u16) = (80, 130, 160, 40);

/// Returns a `.sup` file that shows the box between two times in seconds.
pub fn sup(from: u32, to: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let (left, top, width, height) = BOX;
    let place = [&[0, 0, 0, 0], big_endian(&[left, top]).as_slice()].concat();
    segment(&mut file, from, 0x16, &composition(0, 0x80, &[&[1], place.as_slice()].concat()));
    segment(&mut file, from, 0x17, &window());
    // Palette 0: colour 1 is white.
    segment(&mut file, from, 0x14, &[0, 0, 1, 235, 128, 128, 255]);
    let line = [&[0, 0xc0 | (width >> 8) as u8, width as u8, 1], [0, 0].as_slice()].concat();
    let pixels = [big_endian(&[width, height]), line.repeat(usize::from(height))].concat();
    let size = (pixels.len() as u32).to_be_bytes();
    segment(&mut file, from, 0x15, &[&[0, 0, 0, 0xc0], &size[1..], &pixels].concat());
    segment(&mut file, from, 0x80, &[]);
    segment(&mut file, to, 0x16, &composition(1, 0, &[0]));
    segment(&mut file, to, 0x17, &window());
    segment(&mut file, to, 0x80, &[]);
    file
}

fn composition(number: u16, state: u8, objects: &[u8]) -> Vec<u8> {
    [
        big_endian(&[CANVAS.0, CANVAS.1]),
        vec![0x10],
        big_endian(&[number]),
        vec![state, 0, 0],
        objects.to_vec(),
    ]
    .concat()
}

fn window() -> Vec<u8> {
    let (left, top, width, height) = BOX;
    [vec![1, 0], big_endian(&[left, top, width, height])].concat()
}

fn segment(file: &mut Vec<u8>, seconds: u32, kind: u8, body: &[u8]) {
    file.extend(b"PG");
    file.extend((seconds * 90_000).to_be_bytes());
    file.extend([0, 0, 0, 0, kind]);
    file.extend(big_endian(&[body.len() as u16]));
    file.extend(body);
}

fn big_endian(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}
