//! A PostgreSQL server for one test run: in a temporary folder, on a free port, without fsync.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::{Failure, run, tools};

/// A running server. It is stopped when the value is dropped.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
}

impl Postgres {
    /// Starts a server with its data in a new folder inside `scratch`.
    pub(crate) fn start(scratch: &Path) -> Result<Self, Failure> {
        let programs = tools::postgresql().ok_or("PostgreSQL is not installed")?;
        let mut folder = tempfile::Builder::new();
        let folder = folder.prefix("postgres-").tempdir_in(scratch).map_err(|error| error.to_string())?;
        if tools::is_root() {
            // PostgreSQL refuses to run as root.
            run::must(run::command(
                "chown",
                &["postgres", &folder.path().to_string_lossy()],
                Path::new("/"),
            ))?;
        }
        let server = Self { programs, folder, port: free_port()? };
        let data = server.data();
        let options =
            ["-D", data.as_str(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"];
        run::must(server.program("initdb", &options))?;
        let settings = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c autovacuum=off -c jit=off -c max_connections=400",
            server.port,
            server.folder.path().display(),
        );
        let log = server.folder.path().join("log").display().to_string();
        run::must(server.program("pg_ctl", &["-D", &data, "-l", &log, "-o", &settings, "-w", "start"]))?;
        Ok(server)
    }

    /// Returns the URL of the server. Tests may create databases there.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(name).display().to_string();
        if !tools::is_root() {
            return run::command(&program, arguments, self.folder.path());
        }
        let mut command = run::command("runuser", &["-u", "postgres", "--", &program], self.folder.path());
        command.args(arguments);
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data();
        // The data is deleted afterwards, so a failure to stop the server properly does not matter.
        let _ = run::succeeds(self.program("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]));
    }
}

fn free_port() -> Result<u16, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    Ok(listener.local_addr().map_err(|error| error.to_string())?.port())
}
