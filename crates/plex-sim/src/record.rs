//! Records every request with its outcome as a line of JSON, without tokens.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::requests::Received;

/// Writes the record, if enabled. Each line is flushed, so that the file is readable even if a test is killed.
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
        // A write error, such as a full disk, must not affect the response. Readers of the record notice missing
        // lines.
        let _ = file.write_all(&line).and_then(|()| file.write_all(b"\n")).and_then(|()| file.flush());
    }
}
