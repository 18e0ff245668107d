//! Tables of lines with what they mean, and what holds for every line.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;

const fn name(english: &'static str, french: &'static str) -> Name {
    Name { english, french, also: &[] }
}

const STATUSES: [Name; 4] = [
    name("submitted", "soumis"),
    name("assigned", "tour_1"),
    Name { english: "to_discuss", french: "tour_2", also: &["à_discuter"] },
    name("selected", "sélectionné"),
];

const FLAGS: [Name; 2] = [name("changed", "modifié"), name("awarded", "primé")];

const fn spec(english: &'static str, french: &'static str, kind: Kind) -> FieldSpec {
    FieldSpec { name: name(english, french), kind, words: false }
}

const FIELDS: [FieldSpec; 7] = [
    spec("status", "statut", Kind::Choice(&STATUSES)),
    spec("country", "pays", Kind::Country),
    spec("year", "année", Kind::Number),
    spec("yes", "oui", Kind::Number),
    FieldSpec { words: true, ..spec("producer", "producteur", Kind::Text) },
    spec("tool", "outil", Kind::Text),
    spec("is", "est", Kind::Choice(&FLAGS)),
];

fn word(word: &str) -> Term {
    Term { negated: false, test: Test::Word(word.to_owned()) }
}

fn not(term: Term) -> Term {
    Term { negated: true, ..term }
}

fn wants(field: &str, wanted: Wanted) -> Term {
    let field = super::field(&FIELDS, field).unwrap();
    Term { negated: false, test: Test::Field { field, wanted } }
}

fn texts(field: &str, texts: &[&str]) -> Term {
    wants(field, Wanted::Texts(texts.iter().map(|text| (*text).to_owned()).collect()))
}

fn numbers(field: &str, reaches: &[(Option<i64>, Option<i64>)]) -> Term {
    wants(field, Wanted::Numbers(reaches.iter().map(|(from, to)| Reach { from: *from, to: *to }).collect()))
}

fn choices(field: &str, choices: &[usize]) -> Term {
    wants(field, Wanted::Choices(choices.to_vec()))
}

#[test]
fn lines_mean_what_they_say() {
    let three = (Some(3), Some(3));
    for (line, terms) in [
        ("", vec![]),
        ("  red   Dust ", vec![word("red"), word("Dust")]),
        (r#""red dust" -"two moons" -blue"#, vec![word("red dust"), not(word("two moons")), not(word("blue"))]),
        (r#""say \"hi\" \\""#, vec![word(r#"say "hi" \"#)]),
        ("status:to_discuss", vec![choices("status", &[2])]),
        ("STATUT:à-discuter,soumis", vec![choices("status", &[2, 0])]),
        ("statut:tour_1 x", vec![choices("status", &[1]), word("x")]),
        ("status:to_ x", vec![choices("status", &[2]), word("x")]),
        ("status:s", vec![choices("status", &[0, 3])]),
        ("annee:2026 an\u{301}née", vec![numbers("year", &[(Some(2026), Some(2026))]), word("an\u{301}née")]),
        ("yes>=3 yes:>=3 oui>2", vec![numbers("yes", &[(Some(3), None)]); 3]),
        ("yes<=3 yes:<=3 yes<4 yes:<4", vec![numbers("yes", &[(None, Some(3))]); 4]),
        ("yes=3 yes:3 yes:3..3 yes:\"3\" yes:3%", vec![numbers("yes", &[three]); 5]),
        ("yes:3,5..7,>9", vec![numbers("yes", &[three, (Some(5), Some(7)), (Some(10), None)])]),
        (
            "yes:..5 -yes:.. yes:3..",
            vec![
                numbers("yes", &[(None, Some(5))]),
                not(numbers("yes", &[(None, None)])),
                numbers("yes", &[(Some(3), None)]),
            ],
        ),
        (
            r#"producer:"Anne Marie",Bo -tool:sora"#,
            vec![texts("producer", &["Anne Marie", "Bo"]), not(texts("tool", &["sora"]))],
        ),
        (r#"tool:"" pays:FR"#, vec![texts("tool", &[""]), texts("country", &["FR"])]),
        ("is:changed,primé", vec![choices("is", &[0, 1])]),
        (
            "https://example.org/a 10:30 a,b 5\"",
            vec![word("https://example.org/a"), word("10:30"), word("a,b"), word("5\"")],
        ),
        (r#"tool:"a b"c"#, vec![texts("tool", &["a b"]), word("c")]),
        ("東京 -🎬 - --x", vec![word("東京"), not(word("🎬")), not(word("-x"))]),
    ] {
        let parsed = parse(line, &FIELDS);
        assert_eq!(parsed.query.terms, terms, "{line}");
        assert_eq!(parsed.problems, [], "{line}");
        let again = parse(&print(&parsed.query, &FIELDS, Tongue::French), &FIELDS);
        assert_eq!(again.query, parsed.query, "{line}");
    }
}

/// A problem as a test names it: what is marked, what is wrong, whether it ends the line.
fn problems(line: &str) -> Vec<(&str, String, bool)> {
    let near = |name: &Option<Name>| name.map_or("nothing", |name| name.english);
    let parsed = parse(line, &FIELDS);
    let said = |wrong: &Wrong| match wrong {
        Wrong::UnknownField { nearest, .. } => format!("field, near {}", near(nearest)),
        Wrong::UnknownChoice { nearest, .. } => format!("choice, near {}", near(nearest)),
        Wrong::NotANumber { .. } => "number".to_owned(),
        Wrong::NotCompared { .. } => "compared".to_owned(),
        Wrong::Backwards { .. } => "backwards".to_owned(),
        Wrong::NoValue { .. } => "value".to_owned(),
        Wrong::OpenQuote => "quote".to_owned(),
    };
    parsed.problems.iter().map(|p| (&line[p.span.clone()], said(&p.what), p.unfinished)).collect()
}

#[test]
fn what_is_wrong_is_named_where_it_stands() {
    for (line, wrong) in [
        ("contry:FR x", vec![("contry", "field, near country", false)]),
        ("x zzzz:FR", vec![("zzzz", "field, near nothing", true)]),
        ("yess>=3 x", vec![("yess", "field, near yes", false)]),
        ("status:asigned x", vec![("asigned", "choice, near assigned", false)]),
        ("status:s x", vec![("s", "choice, near submitted", false)]),
        ("status:soumsi", vec![("soumsi", "choice, near submitted", true)]),
        ("status:zzzzzzzz,to_discuss", vec![("zzzzzzzz", "choice, near nothing", false)]),
        ("year:soon", vec![("soon", "number", true)]),
        ("year:>3..5 x", vec![(">3..5", "number", false)]),
        ("year:99999999999999999999 x", vec![("99999999999999999999", "number", false)]),
        ("year:5..3 x", vec![("5..3", "backwards", false)]),
        ("tool>=3", vec![(">=", "compared", false)]),
        ("tool: x", vec![("tool:", "value", false)]),
        ("tool:a, x", vec![(",", "value", false)]),
        ("yes:> x", vec![(">", "value", false)]),
        ("yes>=", vec![("yes>=", "value", true)]),
        ("red \"dust and", vec![("\"dust and", "quote", true)]),
        ("producer:\"Anne", vec![("\"Anne", "quote", true)]),
        ("-statsu:x tool:", vec![("statsu", "field, near status", false), ("tool:", "value", true)]),
    ] {
        let wrong: Vec<_> = wrong.into_iter().map(|(at, what, end)| (at, what.to_owned(), end)).collect();
        assert_eq!(problems(line), wrong, "{line}");
    }
}

#[test]
fn the_rest_of_a_wrong_line_still_asks() {
    for (line, terms) in [
        ("red contry:FR yes>=3", vec![word("red"), numbers("yes", &[(Some(3), None)])]),
        ("status:zzz,to_discuss,assigned", vec![choices("status", &[2, 1])]),
        ("yes:1,x,3", vec![numbers("yes", &[(Some(1), Some(1)), (Some(3), Some(3))])]),
        ("red \"two mo", vec![word("red"), word("two mo")]),
        ("producer:\"Ann", vec![texts("producer", &["Ann"])]),
        ("tool:a,", vec![texts("tool", &["a"])]),
        ("\"\" \"", vec![]),
    ] {
        assert_eq!(parse(line, &FIELDS).query.terms, terms, "{line}");
    }
}

#[test]
fn words_texts_and_choices_of_what_must_be_there_are_told() {
    let query = parse("red -blue producer:Ann -producer:Bo status:tour_1,s", &FIELDS).query;
    assert_eq!(query.words().collect::<Vec<_>>(), ["red"]);
    assert_eq!(query.texts(4).collect::<Vec<_>>(), ["Ann"]);
    assert_eq!(query.choices(0).collect::<Vec<_>>(), [1, 0, 3]);
}

#[test]
fn completion_offers_names_and_then_values() {
    let rows = |_: usize| vec!["Sora", "Runway", "Open Sora", "Stable Diffusion"];
    let offered = |line: &str, tongue| {
        let (before, after) = line.split_once('|').unwrap();
        let whole = format!("{before}{after}");
        let completion = complete(&whole, before.len(), &FIELDS, tongue, rows);
        let texts: Vec<String> = completion.candidates.into_iter().map(|candidate| candidate.text).collect();
        (whole[completion.replace].to_owned(), texts.join(" "))
    };
    for (line, replaced, texts) in [
        ("red st|", "st", "status:"),
        ("red stat| x", "stat", "status:"),
        ("-to|", "to", "tool:"),
        ("pay|", "pay", "pays:"),
        ("zz|", "zz", ""),
        ("status:s|", "s", "submitted selected"),
        ("status:assigned,to|", "to", "to_discuss tour_1"),
        ("statut:soum|", "soum", "soumis"),
        ("tool:|", "", "Sora Runway \"Open Sora\" \"Stable Diffusion\""),
        ("-tool:so|", "so", "Sora \"Open Sora\""),
        ("tool:\"stable d|", "\"stable d", "\"Stable Diffusion\""),
        ("tool:\"stable\"|", "", ""),
        ("yes:|", "", ""),
        ("nothing:s|", "", ""),
        ("\"st|", "", ""),
    ] {
        assert_eq!(offered(line, Tongue::English), (replaced.to_owned(), texts.to_owned()), "{line}");
    }
    assert_eq!(offered("st|", Tongue::French).1, "statut:");
    assert_eq!(offered("status:t|", Tongue::French).1, "tour_1 tour_2");
    let all = "status: country: year: yes: producer: tool: is:";
    assert_eq!(offered("red |", Tongue::English), (String::new(), all.to_owned()));
}

#[test]
fn two_slashes_after_a_field_are_no_address() {
    let query = parse("country:\"//\"", &FIELDS).query;
    assert_eq!(print(&query, &FIELDS, Tongue::English), "country:\"//\"");
}

#[test]
fn choices_are_written_where_the_field_stood() {
    for (line, chosen, changed) in [
        ("", &[2][..], "status:to_discuss"),
        ("red yes>=3", &[2, 1], "status:to_discuss,assigned red yes>=3"),
        ("red statut:soumis  yes>=3 status:assigned", &[1], "red status:assigned yes>=3"),
        ("red status:zz yes>=3", &[], "red yes>=3"),
        ("-status:to_discuss \"open", &[0], "status:submitted -status:to_discuss \"open"),
    ] {
        assert_eq!(with_choices(line, &FIELDS, 0, chosen, Tongue::English), changed, "{line}");
    }
    assert_eq!(with_choices("status:assigned", &FIELDS, 0, &[1, 2], Tongue::French), "statut:tour_1,tour_2");
}

fn any_reach() -> impl Strategy<Value = Reach> {
    (any::<Option<i64>>(), any::<Option<i64>>()).prop_map(|(from, to)| match (from, to) {
        (Some(a), Some(b)) => Reach { from: Some(a.min(b)), to: Some(a.max(b)) },
        (from, to) => Reach { from, to },
    })
}

fn any_choices(count: usize) -> impl Strategy<Value = Wanted> {
    prop::sample::subsequence((0..count).collect::<Vec<_>>(), 1..=count).prop_shuffle().prop_map(Wanted::Choices)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[-a-z \"\\\\:,<>=éœ東🎬.]{0,6}"]
}

fn any_term() -> impl Strategy<Value = Term> {
    let field = |field: usize, wanted| Test::Field { field, wanted };
    let filled = any_text().prop_filter("a word has something", |text| !text.is_empty());
    let texts = || prop::collection::vec(any_text(), 1..4).prop_map(Wanted::Texts);
    let numbers = || prop::collection::vec(any_reach(), 1..4).prop_map(Wanted::Numbers);
    let test = prop_oneof![
        filled.prop_map(Test::Word),
        any_choices(STATUSES.len()).prop_map(move |wanted| field(0, wanted)),
        any_choices(FLAGS.len()).prop_map(move |wanted| field(6, wanted)),
        texts().prop_map(move |wanted| field(1, wanted)),
        texts().prop_map(move |wanted| field(5, wanted)),
        numbers().prop_map(move |wanted| field(2, wanted)),
    ];
    (any::<bool>(), test).prop_map(|(negated, test)| Term { negated, test })
}

/// Text with more of what the language knows than chance would bring.
fn any_line() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "status", "pays", "année", "yes", "tool", "is", ":", ">=", "<", "=", ",", "..", "\"", "\\", "-", " ",
            "to_", "3", "%", "\u{301}", "soumis", "https://",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(bit, 0..12).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(terms in prop::collection::vec(any_term(), 0..6), french: bool) {
        let query = Query { terms };
        let tongue = if french { Tongue::French } else { Tongue::English };
        let parsed = parse(&print(&query, &FIELDS, tongue), &FIELDS);
        prop_assert_eq!(parsed.problems, []);
        prop_assert_eq!(parsed.query, query);
    }

    #[test]
    fn every_line_is_read(line in any_line()) {
        let parsed = parse(&line, &FIELDS);
        prop_assert_eq!(parsed.spans.len(), parsed.query.terms.len());
        for span in parsed.spans.iter().chain(parsed.problems.iter().map(|problem| &problem.span)) {
            prop_assert!(line.get(span.clone()).is_some_and(|marked| !marked.is_empty()));
        }
        prop_assert!(parsed.problems.is_sorted_by_key(|problem| problem.span.start));
        let printed = print(&parsed.query, &FIELDS, Tongue::English);
        prop_assert_eq!(parse(&printed, &FIELDS).query, parsed.query);
    }

    #[test]
    fn completion_replaces_what_ends_at_the_cursor(line in any_line(), at: prop::sample::Index) {
        let cursor = at.index(line.len() + 1);
        let cursor = (0..=cursor).rev().find(|at| line.is_char_boundary(*at)).unwrap();
        let completion = complete(&line, cursor, &FIELDS, Tongue::English, |_| vec!["Sora 2", "\"", ""]);
        prop_assert!(line.get(completion.replace.clone()).is_some());
        prop_assert!(completion.candidates.is_empty() || completion.replace.end == cursor);
    }

    #[test]
    fn choices_that_were_written_are_read(line in any_line(), wanted in any_choices(4)) {
        let Wanted::Choices(chosen) = wanted else { unreachable!() };
        let changed = with_choices(&line, &FIELDS, 0, &chosen, Tongue::English);
        prop_assert_eq!(parse(&changed, &FIELDS).query.choices(0).collect::<Vec<_>>(), chosen);
        let without = with_choices(&changed, &FIELDS, 0, &[], Tongue::English);
        prop_assert_eq!(parse(&without, &FIELDS).query.choices(0).count(), 0);
    }
}
