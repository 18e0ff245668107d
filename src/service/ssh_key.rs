//! SSH keys as people paste them.

use russh::keys::{HashAlg, PublicKey};

use crate::domain::{Refusal, Rule};

/// A public key that somebody wants to sign in by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ParsedKey {
    pub(super) fingerprint: String,
    pub(super) algorithm: String,
    /// The line without what OpenSSH would do with options before it.
    pub(super) line: String,
    pub(super) comment: String,
}

/// Reads the one line of an OpenSSH public key file.
pub(super) fn parse(line: &str) -> Result<ParsedKey, Refusal> {
    let line = line.trim();
    if line.len() > 16 * 1024 || line.chars().any(char::is_control) {
        return Err(Rule::BadKey.into());
    }
    let key = PublicKey::from_openssh(line).map_err(|_| Rule::BadKey)?;
    let comment: String = key.comment().to_string().chars().take(255).collect();
    Ok(ParsedKey {
        fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
        algorithm: key.algorithm().to_string(),
        line: key.to_openssh().map_err(|_| Rule::BadKey)?,
        comment,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const LINE: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti user@example.com";

    #[test]
    fn reads_a_public_key_line() {
        let key = parse(&format!("  {LINE}\n")).unwrap();
        assert_eq!(key.fingerprint, "SHA256:UCUiLr7Pjs9wFFJMDByLgc3NrtdU344OgUM45wZPcIQ");
        assert_eq!(
            (key.algorithm.as_str(), key.comment.as_str(), key.line.as_str()),
            ("ssh-ed25519", "user@example.com", LINE)
        );
    }

    #[test]
    fn refuses_everything_else() {
        for line in
            ["", "ssh-ed25519", "ssh-ed25519 AAAA", "-----BEGIN OPENSSH PRIVATE KEY-----", &format!("{LINE}\n{LINE}")]
        {
            assert_eq!(parse(line).unwrap_err().rule, Rule::BadKey, "{line}");
        }
    }
}
