//! What may know what. These tests read the sources, because the compiler allows everything inside one crate.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// The parts, and what each may import of ours. `cli`, `config`, `modes` and `main` stand at the edge with `run`.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("api", &["domain"]),
    ("store", &["api", "domain"]),
    ("service", &["store", "api", "domain"]),
    ("mariadb", &[]),
    ("widgets", &[]),
    ("screens", &["app", "widgets", "api", "domain"]),
    ("app", &["screens", "widgets", "api", "domain"]),
    ("demo", &["store", "api", "domain"]),
    ("config", &["app", "store", "api", "domain"]),
    ("cli", &["config", "api", "domain"]),
    ("run", EVERYTHING),
    ("modes", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "api", "app", "cli", "config", "demo", "domain", "mariadb", "modes", "run", "screens", "service", "store",
    "widgets",
];

/// A line of a source file that is neither a comment nor part of a test.
struct Line {
    file: PathBuf,
    number: usize,
    text: String,
}

impl Line {
    fn place(&self) -> String {
        format!("{}:{}: {}", self.file.display(), self.number, self.text.trim())
    }

    /// The part that it belongs to: the first folder or file below `src`.
    fn part(&self) -> String {
        let below = self.file.strip_prefix(source()).unwrap();
        let first = below.iter().next().unwrap().to_string_lossy().into_owned();
        first.trim_end_matches(".rs").to_owned()
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Whether a whole file is a test, by its name.
fn is_test(file: &Path) -> bool {
    let name = file.file_stem().unwrap().to_string_lossy();
    ["tests", "testing", "harness", "snapshot"].contains(&&*name) || file.iter().any(|part| part == "tests")
}

/// Every line of code. Tests stand at the end of a file, after `#[cfg(test)]`.
fn code() -> Vec<Line> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found.sort();
    let mut lines = Vec::new();
    for file in found.into_iter().filter(|file| !is_test(file)) {
        let text = fs::read_to_string(&file).unwrap();
        for (number, text) in text.lines().enumerate() {
            if text.starts_with("#[cfg(test)]") {
                break;
            }
            if !text.trim_start().starts_with("//") {
                lines.push(Line { file: file.clone(), number: number + 1, text: text.to_owned() });
            }
        }
    }
    assert!(lines.len() > 5_000, "the sources are not where they were");
    lines
}

/// The parts that a line names: `crate::store::…`, and each of `crate::{app, store::…}`.
fn named(text: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    text.match_indices("crate::")
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .flat_map(|(at, _)| {
            let rest = &text[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(list) => list.split([',', '}']).map(|name| word(name.trim())).collect(),
                None => vec![word(rest)],
            }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn imports_go_one_way() {
    assert_eq!(named("use crate::{app::App, store};"), ["app", "store"]);
    let mut wrong = Vec::new();
    for line in code().iter().filter(|line| !["main", "lib"].contains(&line.part().as_str())) {
        assert!(!line.text.ends_with("crate::{"), "write one `use` for each part: {}", line.place());
        let part = line.part();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == part) else {
            panic!("{part} is a new part: say in this test what it may import");
        };
        let strangers = named(&line.text).into_iter().filter(|name| EVERYTHING.contains(&name.as_str()));
        for name in strangers.filter(|name| *name != part && !allowed.contains(&name.as_str())) {
            wrong.push(format!("{part} must not know {name}: {}", line.place()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines outside of `parts` that hold one of these words.
fn outside(parts: &[&str], words: &[&str]) -> Vec<String> {
    let lines = code();
    let wrong = lines.iter().filter(|line| !parts.contains(&line.part().as_str()));
    wrong.filter(|line| words.iter().any(|word| line.text.contains(word))).map(Line::place).collect()
}

#[test]
fn only_the_edge_reads_the_clock() {
    let clock = ["Utc::now", "Local::now", "SystemTime::now"];
    // `service` dates the rationale that the web site shows.
    let found = outside(&["run", "modes", "main", "service"], &clock);
    assert!(found.is_empty(), "{}", found.join("\n"));
    // Measuring how long something takes is allowed where waiting is somebody's work.
    let found = outside(&["run", "modes", "main", "store", "service", "mariadb"], &["Instant::now"]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_edge_starts_work_and_touches_terminals() {
    let work = ["tokio::spawn", "thread::spawn", "spawn_blocking", "JoinSet", "tokio::task"];
    let found = outside(&["run", "modes", "main", "service", "mariadb"], &work);
    assert!(found.is_empty(), "{}", found.join("\n"));
    let terminal = ["crossterm::", "io::stdout", "io::stdin", "println!", "print!("];
    let found = outside(&["run", "modes", "main"], &terminal);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn sql_is_written_in_the_store() {
    let sql = ["sqlx::query", "AssertSqlSafe", "QueryBuilder"];
    // `mariadb` stops its own server, `demo` writes its rows in bulk.
    let found = outside(&["store", "mariadb", "demo"], &sql);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn screens_cannot_name_the_shared_catalogue() {
    let lines = code();
    let screens = lines.iter().filter(|line| ["app", "screens", "widgets"].contains(&line.part().as_str()));
    let found: Vec<String> = screens
        .filter(|line| {
            ["Catalogue", "MySqlPool", "Sender<", "Frame<", "static mut"].iter().any(|w| line.text.contains(w))
        })
        .map(Line::place)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_readme_has_the_table_of_keys() {
    use marsai::app::keymap::Keymap;
    use marsai::app::lang::{Lang, Language};

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- keys: made by `marsai keys` -->\n", "<!-- end of keys -->");
    let (before, rest) = readme.split_once(begin).unwrap();
    let (written, after) = rest.split_once(end).unwrap();
    let table = marsai::modes::keys_as_markdown(&Keymap::default(), &Lang::new(Language::En));
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}{begin}\n{table}\n{end}{after}")).unwrap();
    } else {
        assert!(
            written.trim() == table.trim(),
            "the README's keys are out of date: UPDATE_README=1 cargo test --test architecture"
        );
    }
}
