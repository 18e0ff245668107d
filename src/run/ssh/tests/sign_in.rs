//! Who comes in and who does not.

use russh::client::{AuthResult, KeyboardInteractiveAuthResponse as Step};
use russh::keys::agent::AgentIdentity;
use russh::keys::{Algorithm, HashAlg, PrivateKey, PrivateKeyWithHashAlg, signature};

use crate::run::testing::{BOB, EMAIL, PASSWORD, PRODUCER};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_the_console_only_for_its_account() {
    let served = serve(Limits::default()).await;
    let fingerprint = keygen(&served.path("mine"));
    keygen(&served.path("other"));
    served.service.keys.lock().unwrap().push((fingerprint, EMAIL));
    let with = |name: &str| served.path(name).display().to_string();
    let key_only = ["-o", "PreferredAuthentications=publickey", "-i"];
    let cases = [(EMAIL, "mine", true), ("laptop", "mine", true), (EMAIL, "other", false), (BOB, "mine", false)];
    for (user, key, fits) in cases {
        let mut client = served.ssh(user, &[&key_only[..], &[&with(key)]].concat(), &[]);
        if fits {
            client.reads("Ada Lovelace").await;
            client.press("q");
            assert_eq!(client.ended().await, 0);
        } else {
            assert_eq!(client.ended().await, 255, "{user} with {key}");
        }
    }
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keyboard_interactive_asks_for_the_password_of_the_email() {
    let served = serve(Limits::default()).await;
    let interactive = ["-o", "PreferredAuthentications=keyboard-interactive"];
    let mut client = served.ssh(EMAIL, &interactive, &[]);
    client.reads("Password:").await;
    client.press("wrong\n");
    client.until("second question", |s| s.contents().matches("Password:").count() == 2).await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads("Ada Lovelace").await;
    assert!(!client.screen.lock().unwrap().screen().contents().contains(PASSWORD));
    client.press("q");
    assert_eq!(client.ended().await, 0);
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_come_in_reads_why_in_both_languages() {
    let served = serve(Limits::default()).await;
    let interactive = ["-o", "PreferredAuthentications=keyboard-interactive"];
    let mut client = served.ssh(PRODUCER, &interactive, &[]);
    client.reads("Password:").await;
    client.press(&format!("{PASSWORD}\n"));
    client.reads("Producers use the festival").await;
    client.reads("La production passe par le site").await;
    drop(client);
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_says_nothing_opens_the_consoles_own_sign_in_screen() {
    let served = serve(Limits::default()).await;
    keygen(&served.path("unknown"));
    let key = served.path("unknown").display().to_string();
    let mut client = served.ssh("laptop", &["-i", &key], &[]);
    client.reads("Email").await;
    assert_eq!(served.gate.inside(), (1, 1, 0));
    client.press(EMAIL);
    client.press("\t");
    client.press(PASSWORD);
    client.press("\r");
    client.reads("Ada Lovelace").await;
    served.until_inside((1, 0, 1)).await;
    client.press("q");
    assert_eq!(client.ended().await, 0);
    served.end().await;
}

#[tokio::test]
async fn nothing_is_open_without_a_method_that_fits_the_name() {
    let served = serve(Limits::default()).await;
    let methods = |result: AuthResult| match result {
        AuthResult::Failure { remaining_methods, .. } => remaining_methods.iter().map(<&str>::from).collect::<Vec<_>>(),
        AuthResult::Success => panic!("in"),
    };
    for (user, offered) in [
        (EMAIL, &["publickey", "keyboard-interactive", "password"][..]),
        ("laptop", &["publickey", "keyboard-interactive"]),
    ] {
        let mut probe = Probe::connect(served.port).await;
        assert_eq!(methods(probe.handle.authenticate_none(user).await.unwrap()), offered);
        assert_eq!(methods(probe.handle.authenticate_password(user, "wrong").await.unwrap()), offered);
    }
    served.end().await;
}

/// Signs with another key than the one that it says.
struct Forger(Option<PrivateKey>);

impl russh::Signer for Forger {
    type Error = russh::AgentAuthError;

    async fn auth_sign(
        &mut self,
        _: &AgentIdentity,
        _: Option<HashAlg>,
        to_sign: Vec<u8>,
    ) -> Result<Vec<u8>, Self::Error> {
        match &self.0 {
            Some(key) => {
                let signature: russh::keys::ssh_key::Signature = signature::Signer::try_sign(key, &to_sign).unwrap();
                let mut blob = Vec::new();
                let encoded = Vec::<u8>::try_from(signature).unwrap();
                blob.extend_from_slice(&u32::try_from(encoded.len()).unwrap().to_be_bytes());
                blob.extend_from_slice(&encoded);
                Ok([to_sign, blob].concat())
            }
            None => Err(russh::SendError {}.into()),
        }
    }
}

#[tokio::test]
async fn a_key_that_is_only_offered_makes_nobody_anybody() {
    let served = serve(Limits::default()).await;
    let key = || PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap();
    let (ada, bob) = (key(), key());
    let print = |key: &PrivateKey| key.public_key().fingerprint(HashAlg::Sha256).to_string();
    served.service.keys.lock().unwrap().extend([(print(&ada), EMAIL), (print(&bob), BOB)]);
    for user in [EMAIL, "laptop"] {
        // Accepted as an offer, and not signed, or by somebody else's key.
        for signer in [None, Some(bob.clone())] {
            let mut probe = Probe::connect(served.port).await;
            let result = probe
                .handle
                .authenticate_publickey_with(user, ada.public_key().clone(), None, &mut Forger(signer))
                .await;
            assert!(!result.is_ok_and(|result| result.success()), "{user}");
            // Nor does it help to be somebody else afterwards: Bob is Bob.
            if !probe.handle.is_closed() {
                assert!(!probe.handle.authenticate_none(user).await.unwrap().success());
                assert!(probe.handle.authenticate_password(BOB, PASSWORD).await.unwrap().success());
                let mut screen = probe.console().await;
                screen.reads("Bob Kahn").await;
            }
        }
        // And at the sign-in screen there is nobody.
        let mut probe = Probe::connect(served.port).await;
        let offered =
            probe.handle.authenticate_publickey_with("laptop", ada.public_key().clone(), None, &mut Forger(None)).await;
        assert!(!offered.is_ok_and(|result| result.success()));
        let step = probe.handle.authenticate_keyboard_interactive_start("laptop", None).await.unwrap();
        assert!(matches!(step, Step::Success));
        let mut screen = probe.console().await;
        screen.reads("Password").await;
        assert!(!screen.text().contains("Ada"));
    }
    // With its own signature the key does open the console.
    let mut probe = Probe::connect(served.port).await;
    let key = PrivateKeyWithHashAlg::new(Arc::new(ada), None);
    assert!(probe.handle.authenticate_publickey("laptop", key).await.unwrap().success());
    let mut screen = probe.console().await;
    screen.reads("Ada Lovelace").await;
    served.end().await;
}

#[tokio::test]
async fn keys_are_not_offered_for_ever_and_the_same_one_is_looked_up_once() {
    let served = serve(Limits::default()).await;
    let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap().public_key().clone();
    let mut probe = Probe::connect(served.port).await;
    let mut answers = 0;
    while let Ok(result) = probe.handle.authenticate_publickey_with(EMAIL, key.clone(), None, &mut Forger(None)).await {
        assert!(!result.success());
        answers += 1;
        assert!(answers < 100, "offered for ever");
        if probe.handle.is_closed() {
            break;
        }
    }
    probe.closed().await;
    assert_eq!(served.service.asked().iter().filter(|(_, asked)| *asked == "sign_in_by_key").count(), 1);
    served.end().await;
}

#[tokio::test]
async fn whoever_proves_a_key_and_may_not_come_in_reads_why() {
    let served = serve(Limits::default()).await;
    let key = PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519).unwrap();
    let print = key.public_key().fingerprint(HashAlg::Sha256).to_string();
    served.service.keys.lock().unwrap().push((print, PRODUCER));
    for (user, asks) in [(PRODUCER, true), ("laptop", false)] {
        let mut probe = Probe::connect(served.port).await;
        let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
        assert!(!probe.handle.authenticate_publickey(user, key).await.unwrap().success());
        let step = probe.handle.authenticate_keyboard_interactive_start(user, None).await.unwrap();
        let Step::InfoRequest { instructions, prompts, .. } = step else { panic!("{user}: {step:?}") };
        assert!(instructions.contains("Producers use the festival"), "{user}: {instructions}");
        assert_eq!(prompts.len(), usize::from(asks), "{user}");
        if !asks {
            let step = probe.handle.authenticate_keyboard_interactive_respond(Vec::new()).await.unwrap();
            assert!(matches!(step, Step::Success), "{step:?}");
            let mut screen = probe.console().await;
            screen.reads("Password").await;
            assert!(!screen.text().contains("test database"), "{}", screen.text());
        }
    }
    served.end().await;
}
