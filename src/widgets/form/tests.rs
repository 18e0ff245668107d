#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::widgets::snapshot;
use crate::widgets::theme::Theme;

fn options(labels: &[&str]) -> Kind {
    Kind::Choice(
        labels.iter().map(|label| Choice { value: label.to_lowercase(), label: (*label).to_owned() }).collect(),
    )
}

fn form() -> Form {
    let web = |value: &str| if value.starts_with("https://") { Ok(()) } else { Err("not-a-link") };
    Form::new([
        Field::new("name", "Name", Kind::Line { max: 40 }).required().value("Ateliers Lumière"),
        Field::new("link", "Web address", Kind::Line { max: 200 })
            .help("Opened from the public programme.")
            .validate(web),
        Field::new("secret", "Password", Kind::Secret { max: 72 }),
        Field::new("level", "Level", options(&["Gold", "Silver", "Bronze"])).value("silver"),
        Field::new("shown", "Shown on the site", Kind::Toggle),
        Field::new("note", "Note", Kind::Text { max: 200, rows: 4 }).help("Only the festival's staff will read this."),
    ])
}

fn shot(form: &Form, width: u16, height: u16) -> (String, Option<Position>) {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = form.draw(buf.area, &mut buf, &Theme::default());
    (snapshot::styled(&buf), cursor)
}

#[test]
fn it_shows_fields_errors_and_the_cursor() {
    let mut form = form();
    assert!(form.check(str::to_owned));
    form.focus("note");
    form.paste("First line\nsecond line");
    form.focus("secret");
    form.paste("abc");
    form.focus("link");
    form.paste("ftp://example.org");
    assert!(!form.check(|id| format!("This is wrong ({id}).")));
    let (shot, cursor) = shot(&form, 60, 24);
    assert_eq!(cursor, Some(Position { x: 19, y: 4 }));
    insta::assert_snapshot!("form", shot);
}

#[test]
fn it_scrolls_to_the_field_that_has_the_focus() {
    let mut form = form();
    insta::assert_snapshot!("form_short_top", shot(&form, 40, 9).0);
    form.previous();
    let (shot, cursor) = shot(&form, 40, 9);
    assert_eq!(cursor, Some(Position { x: 2, y: 3 }));
    insta::assert_snapshot!("form_short_end", shot);
}

#[test]
fn it_knows_what_changed() {
    let mut form = form();
    assert!(!form.dirty());
    form.edit(Edit::Insert('!'));
    form.next();
    form.focus("level");
    form.edit(Edit::Right);
    form.focus("shown");
    form.edit(Edit::Insert(' '));
    assert_eq!(form.changed(), ["name", "level", "shown"]);
    assert_eq!(
        (form.value("level"), form.value("shown"), form.value("none")),
        ("bronze".into(), "true".into(), "".into())
    );
    form.settle();
    assert!(!form.dirty());
}

#[test]
fn a_blank_required_field_is_named_and_typing_takes_the_error_away() {
    let mut form = form();
    form.set_value("name", "  ");
    form.focus("note");
    assert!(!form.check(str::to_owned));
    assert_eq!(form.focused(), Some("name"));
    assert_eq!(form.entries[0].error.as_deref(), Some(REQUIRED));
    form.edit(Edit::Insert('x'));
    assert!(form.entries[0].error.is_none());
}

#[test]
fn up_and_down_go_through_texts_and_fields() {
    let mut form = form();
    assert!(!form.edit(Edit::Newline));
    assert!(!form.edit(Edit::Up));
    form.edit(Edit::Down);
    assert_eq!(form.focused(), Some("link"));
    form.focus("note");
    form.paste("a\nb");
    form.edit(Edit::Up);
    assert_eq!(form.focused(), Some("note"));
    form.edit(Edit::Up);
    assert_eq!(form.focused(), Some("shown"));
}

#[test]
fn a_click_puts_the_cursor_there() {
    let mut form = form();
    shot(&form, 60, 24);
    assert!(form.click(5, 1));
    assert_eq!(shot(&form, 60, 24).1, Some(Position { x: 5, y: 1 }));
    assert!(!form.click(5, 0));
}

proptest! {
    #[test]
    fn it_stays_in_its_area(
        (x, y, width, height) in (0u16..40, 0u16..12, 0u16..60, 0u16..24),
        steps in 0usize..8,
        text: String,
    ) {
        let mut form = form();
        for _ in 0..steps {
            form.next();
        }
        form.paste(&text);
        form.check(|_| text.clone());
        let mut buf = Buffer::filled(Rect::new(1, 1, 50, 18), ratatui::buffer::Cell::new("#"));
        let area = Rect::new(x, y, width, height);
        let cursor = form.draw(area, &mut buf, &Theme::default());
        prop_assert!(cursor.is_none_or(|at| area.intersection(buf.area).contains(at)));
        for y in buf.area.top()..buf.area.bottom() {
            for x in buf.area.left()..buf.area.right() {
                prop_assert!(area.contains((x, y).into()) || buf[(x, y)].symbol() == "#");
            }
        }
    }
}
