//! Messages about the Plex server in the settings.

use plex::Error;

/// The address is invalid.
pub(crate) const ADDRESS: &str = "Enter an address such as http://192.168.1.5:32400.";
/// The token is missing.
pub(crate) const NO_TOKEN: &str = "Enter the X-Plex-Token of the server’s owner.";
/// The token contains invalid characters.
pub(crate) const BAD_TOKEN: &str = "The token contains characters that are not valid in a Plex token.";
/// The timeout is out of range.
pub(crate) const TIMEOUT: &str = "Enter a number of seconds from 1 to 3600.";

/// The message and advice for an error of a Plex server.
pub(crate) fn of_failure(error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::InvalidToken => {
            ("Plex does not accept the token.", "Enter the X-Plex-Token of the server’s owner.")
        }
        Error::ReadOnlyToken => (
            "This token does not allow changes on Plex.",
            "Enter the owner’s token, not that of a shared user.",
        ),
        Error::Maintenance => {
            ("Plex is starting or maintaining its database.", "Try again in a few minutes.")
        }
        Error::Timeout(_) => {
            ("Plex did not respond in time.", "It may be busy. Try again, or allow more time.")
        }
        Error::Unreachable { .. } => (
            "Plex cannot be reached.",
            "Check the address and port, and that this server can reach it. With https, check the certificate, too.",
        ),
        Error::Redirected { .. } => {
            ("Plex redirects to a different address.", "Enter the address that it redirects to.")
        }
        Error::Protocol { .. } => ("No Plex server responds at this address.", "Check the address and port."),
        _ => ("Plex did not respond as expected.", "See the server log for details."),
    }
}
