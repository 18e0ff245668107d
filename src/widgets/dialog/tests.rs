#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;
use crate::widgets::snapshot;

fn buttons() -> [Button; 2] {
    [Button::harmful("delete", "Delete them"), Button::new("keep", "Keep them")]
}

fn dialog() -> Dialog {
    let body =
        "Twelve rows will be deleted, and with them what hangs on them.\n\nThe web site will no longer show them.";
    Dialog::new("Delete", body, buttons())
}

fn typed() -> Dialog {
    dialog().with_typed(Typed::new("Type the count to confirm:", "12"))
}

fn shot(dialog: &Dialog, width: u16, height: u16) -> (String, Option<Position>) {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = dialog.draw(buf.area, &mut buf, &Theme::default());
    (snapshot::styled(&buf), cursor)
}

#[test]
fn the_harmful_button_is_not_preselected() {
    let mut dialog = dialog();
    insta::assert_snapshot!("dialog", shot(&dialog, 60, 10).0);
    assert_eq!(dialog.activate(), Some("keep"));
    dialog.next();
    assert_eq!(dialog.activate(), Some("delete"));
    insta::assert_snapshot!("dialog_harmful", shot(&dialog, 60, 10).0);
    dialog.previous();
    assert_eq!(dialog.activate(), Some("keep"));
    assert_eq!(Buttons::new([Button::harmful("a", "A"), Button::harmful("b", "B")]).focused(), Some("b"));
}

#[test]
fn what_must_be_typed_opens_the_harmful_button() {
    let mut dialog = typed();
    insta::assert_snapshot!("dialog_typed", shot(&dialog, 60, 12).0);
    dialog.edit(Edit::Insert('1'));
    assert_eq!(dialog.activate(), None);
    assert!(dialog.typing());
    dialog.next();
    dialog.next();
    assert_eq!(dialog.activate(), Some("keep"));
    dialog.to_typing();
    dialog.paste("2 ");
    assert_eq!(dialog.activate(), None);
    assert!(!dialog.typing());
    assert_eq!(dialog.activate(), Some("delete"));
    dialog.to_typing();
    dialog.edit(Edit::DeleteToStart);
    dialog.next();
    assert_eq!(dialog.activate(), Some("keep"));
}

#[test]
fn a_long_text_scrolls_and_the_buttons_stay() {
    let body = "line\n".repeat(30);
    let dialog = Dialog::new("Much to read", body, [Button::new("ok", "Understood")]);
    shot(&dialog, 50, 12);
    assert!(dialog.scroll_by(2));
    insta::assert_snapshot!("dialog_long", shot(&dialog, 50, 12).0);
}

#[test]
fn buttons_can_be_clicked() {
    let mut dialog = typed();
    let (text, cursor) = shot(&dialog, 60, 12);
    let line = text.lines().filter(|line| line.starts_with('|')).position(|line| line.contains("Keep")).unwrap();
    let y = u16::try_from(line).unwrap();
    assert!(cursor.is_some());
    assert_eq!(dialog.click(50, y), Some("keep"));
    assert_eq!(dialog.click(30, y), None);
}

proptest! {
    #[test]
    fn it_stays_in_its_area(
        (x, y, width, height) in (0u16..40, 0u16..12, 0u16..60, 0u16..14),
        (title, body, label) in (any::<String>(), any::<String>(), any::<String>()),
        with_typed: bool,
    ) {
        let mut dialog = Dialog::new(title.clone(), body, [Button::harmful("a", label.clone()), Button::new("b", title)]);
        if with_typed {
            dialog = dialog.with_typed(Typed::new(label, "12"));
        }
        let mut buf = Buffer::filled(Rect::new(1, 1, 40, 11), ratatui::buffer::Cell::new("#"));
        let area = Rect::new(x, y, width, height);
        let cursor = dialog.draw(area, &mut buf, &Theme::default());
        dialog.next();
        prop_assert!(cursor.is_none_or(|at| area.intersection(buf.area).contains(at)));
        for y in buf.area.top()..buf.area.bottom() {
            for x in buf.area.left()..buf.area.right() {
                prop_assert!(area.contains((x, y).into()) || buf[(x, y)].symbol() == "#");
            }
        }
    }
}
