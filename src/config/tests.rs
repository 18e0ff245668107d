#![allow(clippy::unwrap_used)]

use super::*;

fn read(text: &str) -> Result<Settings, String> {
    let mut settings = Settings::default();
    read_text(&mut settings, Path::new("config.toml"), text).map_err(|error| error.to_string())?;
    Ok(settings)
}

#[test]
fn the_example_is_the_defaults() {
    assert_eq!(read(&example()), Ok(Settings::default()));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml");
    if std::env::var_os("UPDATE_EXAMPLE").is_some() {
        std::fs::write(&path, example()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written == example(), "config.example.toml is out of date: UPDATE_EXAMPLE=1 cargo test --lib config");
}

#[test]
fn every_field_of_the_settings_is_in_the_table() {
    // Each setting changes something that no other one changes.
    let other = |default: &str| match default {
        "\"\"" => "\"mysql://a@b/c\"".to_owned(),
        "\"auto\"" => "\"fr\"".to_owned(),
        "\"info\"" => "\"debug\"".to_owned(),
        "\"127.0.0.1:2222\"" => "\"[::1]:22\"".to_owned(),
        "false" => "true".to_owned(),
        number => format!("{}", number.parse::<i64>().unwrap() + 1),
    };
    let mut seen = Vec::new();
    for setting in TABLE {
        let value = match setting.name {
            "theme" => "\"light\"".to_owned(),
            "pictures" => "\"sixel\"".to_owned(),
            _ => other(setting.default),
        };
        let settings = read(&format!("[{}]\n{} = {value}", setting.section, setting.name)).unwrap();
        assert!(settings != Settings::default() && !seen.contains(&settings), "{}", setting.name);
        seen.push(settings);
    }
    // Taken apart in full, so that a new field cannot be forgotten here: one name for each row of the table.
    let Settings { database, ui, media, session, keys: _, log, ssh } = Settings::default();
    let Database { url: _, connect_timeout_seconds: _ } = database;
    let (Ui { language: _, theme: _, ascii: _, pictures: _ }, Media { folder: _ }) = (ui, media);
    let (Session { stay_signed_in_hours: _ }, Log { level: _, directory: _ }) = (session, log);
    let Ssh { listen: _, host_key: _, strict_pq: _, login_grace_seconds: _, .. } = ssh;
    let Ssh { max_sessions: _, max_per_address: _, max_per_account: _, visitors: _, .. } = ssh;
    assert_eq!(TABLE.len(), 2 + 4 + 1 + 1 + 2 + 8);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (text, expected) in [
        ("[database]\nurl = 7", "config.toml:2:7: “url” takes a URL"),
        (
            "[database]\nurl = \"mysql://a:s3cret@h\"",
            "config.toml:2:7: the database URL is wrong: it names no database",
        ),
        (
            "[database]\n\nconnect_timout = 3",
            "config.toml:3:1: there is no setting “connect_timout” in [database]; did you mean “connect_timeout_seconds”?",
        ),
        (
            "[database]\nconnect_timeout_seconds = 0",
            "config.toml:2:27: “connect_timeout_seconds” takes a whole number from 1 to 600",
        ),
        (
            "[database]\nconnect_timeout_seconds = 99999999999999999999",
            "config.toml:2:27: “connect_timeout_seconds” takes",
        ),
        ("[ui]\nlanguage = \"de\"", "config.toml:2:12: “language” takes \"auto\", \"en\" or \"fr\""),
        ("[ui]\nascii = \"yes\"", "config.toml:2:9: “ascii” takes true or false"),
        ("[u]\nascii = true", "config.toml:1:2: there is no section [u]"),
        ("[databases]", "config.toml:1:2: there is no section [databases]; did you mean “database”?"),
        ("theme = \"dark\"", "config.toml:1:1: “theme” belongs under [ui]"),
        ("ui = 3", "config.toml:1:1: “ui” is a section"),
        ("[ui]\n[ui]", "config.toml:2:2: this is no TOML"),
        ("é = 1 2", "config.toml:1:1: this is no TOML"),
        ("[database]\nurl = \"mysql://a:s3cret@h/d", "config.toml:2:7: this is no TOML"),
        ("[ssh]\nlisten = \"2222\"", "config.toml:2:10: “listen” takes an address"),
        ("[keys]\nadvanced = \"x\"", "config.toml:2:1: there is no action “advanced”"),
        ("[keys]\nadvance = \"Hyper-x\"", "config.toml:2:11: “Hyper-x” is no key"),
        ("[keys]\nadvance = [\"F6\",\n 7]", "config.toml:3:2: a key is a text"),
        ("[keys]\nadvance = []", "config.toml:2:11: “advance” takes keys"),
        ("[keys]\nadvance = \"v\"", "config.toml:2:1: the key v means both"),
    ] {
        let error = read(text).unwrap_err();
        // Where TOML itself is broken, the column is the parser's affair.
        let (expected, error) = if expected.contains("no TOML") {
            (expected.replacen(":1:1:", ":1:", 1).replacen(":2:2:", ":2:", 1).replacen(":2:7:", ":2:", 1), {
                let mut parts = error.splitn(4, ':');
                let (file, line, _, rest) = (parts.next(), parts.next(), parts.next(), parts.next());
                format!("{}:{}:{}", file.unwrap(), line.unwrap(), rest.unwrap())
            })
        } else {
            (expected.to_owned(), error)
        };
        assert!(error.starts_with(&expected), "{text}\n  {error}\n  {expected}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}

#[test]
fn keys_are_rebound() {
    let settings = read("[keys]\nadvance = [\"a\", \"F6\"]\nundo = \"Ctrl-z\"").unwrap();
    assert_eq!(settings.keys["advance"].len(), 2);
    assert_eq!(settings.keys["undo"], [Key::ctrl('z')]);
}

#[test]
fn flags_over_environment_over_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("config.toml");
    std::fs::write(&file, "\u{feff}[ui]\r\nlanguage = \"fr\"\r\ntheme = \"light\"\r\n[log]\r\nlevel = \"warn\"\r\n")
        .unwrap();
    let none = |_: &str| None;
    let environment = |name: &str| match name {
        "MARSAI_UI_LANGUAGE" => Some("auto".to_owned()),
        "MARSAI_LOG_LEVEL" => Some(String::new()),
        "MARSAI_UI_ASCII" => Some("1".to_owned()),
        "LANG" => Some("fr_FR.UTF-8".to_owned()),
        _ => None,
    };
    let settings = Settings::load(&Flags::default(), &file, none).unwrap();
    assert_eq!((settings.ui.language, settings.ui.theme), (Some(Language::Fr), Background::Light));
    let settings = Settings::load(&Flags::default(), &file, environment).unwrap();
    assert_eq!((settings.ui.language, settings.log.level), (None, tracing::Level::WARN));
    assert!(settings.ui.ascii && settings.language(environment) == Language::Fr);
    let flags = Flags { language: Some("en".to_owned()), ..Flags::default() };
    assert_eq!(Settings::load(&flags, &file, environment).unwrap().ui.language, Some(Language::En));

    let absent = directory.path().join("absent.toml");
    assert_eq!(Settings::load(&Flags::default(), &absent, none), Ok(Settings::default()));
    let flags = Flags { config: Some(absent), ..Flags::default() };
    assert!(
        Settings::load(&flags, &file, none)
            .unwrap_err()
            .to_string()
            .contains("absent.toml: the settings cannot be read")
    );
}

#[test]
fn a_wrong_variable_or_flag_is_named() {
    let wrong = |name: &str| (name == "MARSAI_DATABASE_URL").then(|| "mysql://a:s3cret@h".to_owned());
    let error = Settings::load(&Flags::default(), Path::new("/nowhere"), wrong).unwrap_err().to_string();
    assert!(
        error.starts_with("MARSAI_DATABASE_URL in the environment: the database URL is wrong: it names no database"),
        "{error}"
    );
    let flags = Flags { listen: Some("nowhere".to_owned()), ..Flags::default() };
    let error = Settings::load(&flags, Path::new("/nowhere"), |_| None).unwrap_err().to_string();
    assert!(error.starts_with("--listen: “listen” takes an address"), "{error}");
}

#[test]
fn secrets_stay_out_of_debug() {
    let settings = read("[database]\nurl = \"mysql://ann:s3cret@h/d\"").unwrap();
    assert!(!format!("{settings:?}").contains("s3cret"));
}
