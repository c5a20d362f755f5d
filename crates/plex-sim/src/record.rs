//! Writes every exchange as a JSON line. Tokens are never written.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::requests::Received;

/// Where exchanges are written. Each line is flushed: a test that is killed leaves a readable file.
#[derive(Default)]
pub(crate) struct Recorder {
    file: Option<BufWriter<File>>,
}

impl Recorder {
    pub(crate) fn open(file: Option<&Path>) -> std::io::Result<Self> {
        let open = |path| File::options().create(true).append(true).open(path).map(BufWriter::new);
        Ok(Self { file: file.map(open).transpose()? })
    }

    pub(crate) fn write(&mut self, received: &Received) {
        let (Some(file), Ok(line)) = (&mut self.file, serde_json::to_vec(received)) else { return };
        // A full disk must not change what the simulator answers; whoever reads the record sees the missing lines.
        let _ = file.write_all(&line).and_then(|()| file.write_all(b"\n")).and_then(|()| file.flush());
    }
}
