//! Passwords and tokens: hashing off the async threads, a few at a time, and never a word of them anywhere else.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::api::Failure;
use crate::api::failure::{Trouble, Unavailable};
use crate::domain::user::Scheme;

/// The web site's own cost, so that a sign-in takes as long for an account that was made there as for one made here.
const BCRYPT_COST: u32 = 10;
/// Dearest bcrypt hash that is tried at all (about ten seconds): a stored one may say anything.
const BCRYPT_COST_MAX: u32 = 16;
/// Most memory that a stored argon2 hash may ask for, in KiB.
const ARGON2_MEMORY_MAX: u32 = 1 << 20;
/// Hashes computed at once: more would only take the processor away from everybody else.
const AT_ONCE: usize = 2;

/// A password's check against nobody, for a database without any account to compare with.
const NOBODY_BCRYPT: &str = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const NOBODY_ARGON2: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$YmFzZTY0b3V0cHV0b2Z0aGlydHl0d29ieXRlcyEhISE";

/// Computes hashes.
#[derive(Clone, Debug)]
pub(super) struct Hasher {
    permits: Arc<Semaphore>,
}

impl Hasher {
    pub(super) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Whether a password is the one of a stored hash. A hash in no known form fits nothing.
    pub(super) async fn verify(&self, password: &SecretString, hash: &str) -> Result<bool, Failure> {
        let (password, hash) = (password.clone(), hash.to_owned());
        self.run(move || verify(password.expose_secret(), &hash)).await
    }

    /// A new hash of a password.
    pub(super) async fn hash(&self, password: &SecretString, scheme: Scheme) -> Result<String, Failure> {
        let password = password.clone();
        self.run(move || hash(password.expose_secret(), scheme)).await?.ok_or_else(|| trouble("hashing failed"))
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| trouble("hashing has ended"))?;
        // It goes on, and counts, where nobody waits for it any more.
        let work = move || (work(), permit).0;
        tokio::task::spawn_blocking(work).await.map_err(|_| trouble("hashing was interrupted"))
    }
}

fn trouble(detail: &str) -> Failure {
    Failure::Unavailable(Unavailable { why: Trouble::Other, detail: detail.to_owned() })
}

/// A hash that nobody's password fits, as dear as the scheme's real ones.
pub(super) fn nobody(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Bcrypt => NOBODY_BCRYPT,
        Scheme::Argon2id => NOBODY_ARGON2,
    }
}

fn verify(password: &str, stored: &str) -> bool {
    if stored.starts_with("$argon2") {
        let Ok(parsed) = PasswordHash::new(stored) else { return false };
        let memory = parsed.params.get_decimal("m").unwrap_or(0);
        memory <= ARGON2_MEMORY_MAX && Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
    } else if ["$2a$", "$2b$", "$2y$"].iter().any(|prefix| stored.starts_with(prefix)) {
        let cost = stored.get(4..6).and_then(|cost| cost.parse::<u32>().ok());
        cost.is_some_and(|cost| cost <= BCRYPT_COST_MAX) && bcrypt::verify(password, stored).unwrap_or(false)
    } else {
        false
    }
}

fn hash(password: &str, scheme: Scheme) -> Option<String> {
    match scheme {
        Scheme::Bcrypt => bcrypt::non_truncating_hash(password, BCRYPT_COST).ok(),
        Scheme::Argon2id => Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string()),
    }
}

/// A token of 256 random bits, and what the database keeps of it.
pub(super) fn new_token() -> (SecretString, [u8; 32]) {
    let bytes: [u8; 32] = rand::random();
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let kept = sha256(&token);
    (SecretString::from(token), kept)
}

/// What the database keeps instead of a token, a password's hash or somebody's address.
pub(super) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;

    #[test]
    fn both_schemes_fit_their_own_hashes_only() {
        for scheme in [Scheme::Bcrypt, Scheme::Argon2id] {
            let stored = hash("correct horse", scheme).unwrap();
            assert!(verify("correct horse", &stored), "{scheme:?}");
            assert!(!verify("correct horsf", &stored), "{scheme:?}");
            assert!(!verify("correct horse", nobody(scheme)), "{scheme:?}");
        }
    }

    #[test]
    fn hashes_of_the_web_site_in_each_spelling() {
        let stored = hash("correct horse", Scheme::Bcrypt).unwrap();
        for prefix in ["$2a$", "$2b$", "$2y$"] {
            assert!(verify("correct horse", &stored.replacen("$2b$", prefix, 1)), "{prefix}");
        }
    }

    #[test]
    fn what_is_no_hash_fits_nothing_and_costs_nothing() {
        let odd = [
            "",
            "correct horse",
            "$2b$",
            "$2b$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            "$2b$é",
            "$1$x",
            "$argon2id$v=19$m=4194304,t=9,p=1$c29tZXNhbHRzb21lc2FsdA$YmFzZTY0b3V0cHV0b2Z0aGlydHl0d29ieXRlcyEhISE",
        ];
        for stored in odd {
            assert!(!verify("correct horse", stored), "{stored}");
        }
    }

    #[test]
    fn bcrypt_refuses_what_it_would_cut() {
        assert!(hash(&"x".repeat(73), Scheme::Bcrypt).is_none());
        assert!(hash(&"x".repeat(73), Scheme::Argon2id).is_some());
    }

    #[test]
    fn tokens_differ_and_are_kept_as_a_digest() {
        let ((one, kept), (two, _)) = (new_token(), new_token());
        assert_ne!(one.expose_secret(), two.expose_secret());
        assert_eq!(kept, sha256(one.expose_secret()));
        assert!(!format!("{one:?}").contains(one.expose_secret()));
    }
}
