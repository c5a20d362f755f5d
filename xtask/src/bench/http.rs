//! A minimal HTTP client for the measurements, directly on a TCP socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Failure;

/// A keep-alive connection.
pub(super) struct Http {
    stream: BufReader<TcpStream>,
    host: String,
    /// The session cookie, empty before signing in.
    pub(super) cookie: String,
}

impl Http {
    pub(super) fn connect(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).map_err(|error| format!("{address}: {error}"))?;
        let prepared =
            stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(Duration::from_secs(60))));
        prepared.map_err(|error| error.to_string())?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_owned(), cookie: String::new() })
    }

    /// Creates the administrator and stores the session cookie.
    pub(super) fn sign_up(&mut self) -> Result<(), Failure> {
        self.post("/api/setup", &json!({ "username": "bench", "password": "a long enough one" })).map(|_| ())
    }

    pub(super) fn get(&mut self, path: &str) -> Result<Value, Failure> {
        self.send("GET", path, "", "")?;
        self.json(path)
    }

    /// Reads a response without parsing it, so that only the server is measured.
    pub(super) fn fetch(&mut self, path: &str) -> Result<(), Failure> {
        self.send("GET", path, "", "")?;
        let (status, length) = self.head()?;
        self.body(length)?;
        if status < 300 { Ok(()) } else { Err(format!("{path} answered {status}")) }
    }

    pub(super) fn post(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.send("POST", path, "Content-Type: application/json\r\n", &body.to_string())?;
        self.json(path)
    }

    pub(super) fn put(&mut self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.send("PUT", path, "Content-Type: application/json\r\n", &body.to_string())?;
        self.json(path)
    }

    pub(super) fn delete(&mut self, path: &str) -> Result<(), Failure> {
        self.send("DELETE", path, "", "")?;
        self.json(path).map(|_| ())
    }

    /// Requests and reads the first 64 KiB of a file.
    pub(super) fn first_byte(&mut self, path: &str) -> Result<(), Failure> {
        self.send("GET", path, "Range: bytes=0-65535\r\n", "")?;
        let (status, length) = self.head()?;
        self.body(length)?;
        if status < 300 { Ok(()) } else { Err(format!("{path} answered {status}")) }
    }

    /// Requests a stream and returns the connection after the response headers.
    pub(super) fn open(mut self, path: &str) -> Result<TcpStream, Failure> {
        self.send("GET", path, "", "")?;
        match self.head()? {
            (status, _) if status < 300 => Ok(self.stream.into_inner()),
            (status, _) => Err(format!("{path} answered {status}")),
        }
    }

    fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<(), Failure> {
        let Self { host, cookie, .. } = self;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len(),
        );
        self.stream.get_mut().write_all(request.as_bytes()).map_err(|error| format!("{path}: {error}"))
    }

    fn json(&mut self, path: &str) -> Result<Value, Failure> {
        let (status, length) = self.head()?;
        let body = self.body(length)?;
        if status >= 300 {
            return Err(format!("{path} answered {status}: {}", String::from_utf8_lossy(&body)));
        }
        Ok(serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    /// Reads the response headers. Returns the status and the content length, which is `None` for a chunked body.
    fn head(&mut self) -> Result<(u16, Option<usize>), Failure> {
        let status_line = self.line()?;
        let status: u16 = status_line
            .split_whitespace()
            .nth(1)
            .and_then(|s| s.parse().ok())
            .ok_or("invalid HTTP status line")?;
        let mut length = Some(0);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { return Ok((status, length)) };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok(),
                "transfer-encoding" => length = None,
                // The server also sends cookies other than the session, for example to delete them.
                "set-cookie" if value.trim().starts_with("kinometa_session=") => {
                    self.cookie = value.trim().split(';').next().unwrap_or_default().to_owned();
                }
                _ => {}
            }
        }
    }

    fn body(&mut self, length: Option<usize>) -> Result<Vec<u8>, Failure> {
        let Some(length) = length else { return self.chunks() };
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).map_err(|error| error.to_string())?;
        Ok(body)
    }

    fn chunks(&mut self) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(self.line()?.trim(), 16).map_err(|_| "invalid chunk size")?;
            body.extend(self.body(Some(size))?);
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(0) => Err("the server closed the connection".to_owned()),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}
