#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;

use super::*;
use crate::widgets::snapshot;
use crate::widgets::theme::Tone;

struct Row {
    id: Key,
    name: String,
    seats: i64,
    tone: Tone,
}

struct Ctx {
    needle: &'static str,
}

const COLUMNS: [Column<Row, Ctx>; 4] = [
    Column {
        title: "name",
        width: Width::Grow { min: 12, weight: 2 },
        align: Align::Left,
        priority: 0,
        sortable: true,
        cell: |row, ctx, cell| {
            let hit = row.name.find(ctx.needle).filter(|_| !ctx.needle.is_empty());
            let ranges = hit.map(|at| at..at + ctx.needle.len());
            cell.marked(&row.name, ranges.as_slice(), cell.theme().text);
        },
    },
    Column {
        title: "state",
        width: Width::Fixed(12),
        align: Align::Left,
        priority: 1,
        sortable: true,
        cell: |row, _, cell| _ = cell.status(row.tone, "in state"),
    },
    Column {
        title: "place",
        width: Width::Grow { min: 20, weight: 1 },
        align: Align::Left,
        priority: 3,
        sortable: false,
        cell: |_, _, cell| _ = cell.dim("somewhere in the old town"),
    },
    Column {
        title: "seats",
        width: Width::Fixed(8),
        align: Align::Right,
        priority: 2,
        sortable: true,
        cell: |row, _, cell| _ = cell.number(row.seats),
    },
];

const TITLES: [&str; 4] = ["Name", "State", "Place", "Seats"];

fn rows(count: usize) -> Vec<Row> {
    let names =
        ["Élan vital", "東京の夜明け前", "A title that goes on for far too long to fit", "شهر بلا نوم", "👩‍👩‍👧 & co"];
    (0..count)
        .map(|index| Row {
            id: 100 + i64::try_from(index).unwrap(),
            name: names[index % names.len()].to_owned(),
            seats: i64::try_from(index * 37 % 400).unwrap(),
            tone: Tone::ALL[index % 7],
        })
        .collect()
}

fn keys(rows: &[Row]) -> Vec<Key> {
    rows.iter().map(|row| row.id).collect()
}

fn draw(area: Rect, buf: &mut Buffer, rows: &[Row], state: &TableState, needle: &'static str, theme: &Theme) {
    let at = |index: usize| rows.get(index).map(|row| (row.id, row));
    draw_table(area, buf, at, rows.len(), &COLUMNS, &TITLES, state, &Ctx { needle }, theme, true);
}

fn shot(width: u16, height: u16, rows: &[Row], state: &TableState) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    draw(buf.area, &mut buf, rows, state, "lan", &Theme::default());
    snapshot::styled(&buf)
}

#[test]
fn it_shows_cursor_selection_sorting_and_a_scrollbar() {
    let rows = rows(40);
    let keys = keys(&rows);
    let mut state = TableState::new();
    state.to(1, keys.as_slice());
    state.toggle(keys.as_slice());
    state.move_by(2, keys.as_slice());
    state.sort_by("seats");
    insta::assert_snapshot!("table_80", shot(80, 8, &rows, &state));
    insta::assert_snapshot!("table_40", shot(40, 8, &rows, &state));
    insta::assert_snapshot!("table_160", shot(160, 4, &rows[..2], &state));
}

#[test]
fn it_is_drawn_in_ascii_too() {
    let rows = rows(3);
    let mut state = TableState::new();
    state.to(1, keys(&rows).as_slice());
    state.sort_by("state");
    let mut buf = Buffer::empty(Rect::new(0, 0, 60, 4));
    draw(
        buf.area,
        &mut buf,
        &rows,
        &state,
        "",
        &Theme::new(crate::widgets::theme::Mode::Light, crate::widgets::signs::Signs::ASCII),
    );
    insta::assert_snapshot!("table_ascii", snapshot::styled(&buf));
}

#[test]
fn the_cursor_follows_its_row_and_keeps_its_line() {
    let mut order: Vec<Key> = (0..100).collect();
    let mut state = TableState::new();
    state.page.set(10);
    state.to(50, order.as_slice());
    state.settle(100, 10);
    let line = state.cursor_index() - state.offset();
    order.reverse();
    state.restore(order.as_slice(), |key| order.iter().position(|other| *other == key));
    assert_eq!((state.cursor(), state.cursor_index()), (Some(50), 49));
    assert_eq!(state.cursor_index() - state.offset(), line);
    order.retain(|key| *key != 50);
    state.restore(order.as_slice(), |key| order.iter().position(|other| *other == key));
    assert_eq!((state.cursor(), state.cursor_index()), (Some(49), 49));
    state.restore::<[Key]>(&[], |_| None);
    assert_eq!((state.cursor(), state.cursor_index()), (None, 0));
}

#[test]
fn ranges_and_single_rows_are_selected() {
    let order: Vec<Key> = (0..10).collect();
    let order = order.as_slice();
    let mut state = TableState::new();
    state.to(2, order);
    assert_eq!(state.chosen(order), [2]);
    state.select_range(order);
    state.move_by(2, order);
    assert!(state.is_selected(3, 3) && !state.is_selected(5, 5));
    assert_eq!((state.selected_count(order), state.selection().len()), (3, 0));
    state.select_range(order);
    state.to(3, order);
    state.toggle(order);
    assert_eq!(state.chosen(order), [2, 4]);
    state.restore(order, |_| Some(0));
    assert_eq!(state.chosen(order), [2, 4]);
    state.retain_selection(|key| key != 4);
    assert_eq!(state.chosen(order), [2]);
    assert!(state.clear_selection());
    assert!(!state.clear_selection());
    state.select_all(order);
    assert_eq!(state.selected_count(order), 10);
}

#[test]
fn a_frame_looks_only_at_rows_that_a_range_took_in_or_left() {
    let asked = std::cell::Cell::new(0);
    let key = |index: usize| {
        asked.set(asked.get() + 1);
        (index < 1_000).then(|| i64::try_from(index).unwrap())
    };
    let rows = (1_000, key);
    let mut state = TableState::new();
    state.to(500, &rows);
    state.toggle(&rows);
    state.to(100, &rows);
    state.select_range(&rows);
    state.end(&rows);
    assert_eq!(state.selected_count(&rows), 900);
    asked.set(0);
    assert_eq!(state.selected_count(&rows), 900);
    assert_eq!(asked.get(), 0);
    // Through the selected row, beyond the beginning of the range, and back.
    for (to, count, most) in [(600, 501, 400), (499, 401, 102), (400, 302, 100), (50, 52, 401), (120, 22, 121)] {
        state.to(to, &rows);
        asked.set(0);
        assert_eq!(state.selected_count(&rows), count, "{to}");
        assert!(asked.get() <= most, "{to}: {}", asked.get());
    }
    state.restore(&rows, |key| usize::try_from(key).ok());
    assert_eq!(state.selected_count(&rows), 22);
}

#[test]
fn pages_move_the_view_and_stop_at_the_ends() {
    let order: Vec<Key> = (0..25).collect();
    let order = order.as_slice();
    let mut state = TableState::new();
    state.to(3, order);
    state.settle(25, 10);
    state.page_by(1, order);
    assert_eq!((state.cursor_index(), state.settle(25, 10)), (13, 10));
    state.page_by(1, order);
    assert_eq!((state.cursor_index(), state.settle(25, 10)), (23, 15));
    state.half_page_by(-1, order);
    assert_eq!((state.cursor_index(), state.settle(25, 10)), (18, 10));
    state.end(order);
    assert_eq!((state.cursor_index(), state.settle(25, 10)), (24, 15));
    state.page_by(-9, order);
    assert_eq!((state.cursor_index(), state.settle(25, 10)), (0, 0));
}

#[test]
fn a_click_finds_rows_and_headers() {
    let rows = rows(5);
    let state = TableState::new();
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 10));
    draw(Rect::new(4, 2, 70, 7), &mut buf, &rows, &state, "", &Theme::default());
    assert_eq!(state.click(10, 2, 5), Some(TableHit::Header("name")));
    assert_eq!(state.click(70, 2, 5), Some(TableHit::Header("seats")));
    assert_eq!(state.click(30, 5, 5), Some(TableHit::Row(2)));
    assert_eq!(state.click(30, 8, 5), None);
    assert_eq!(state.click(0, 5, 5), None);
}

#[test]
fn only_visible_rows_are_asked_for() {
    let asked = std::cell::Cell::new(0);
    let row = rows(1).pop().unwrap();
    let at = |index: usize| {
        asked.set(asked.get() + 1);
        Some((i64::try_from(index).unwrap(), &row))
    };
    let mut buf = Buffer::empty(Rect::new(0, 0, 80, 11));
    let (state, theme) = (TableState::new(), Theme::default());
    draw_table(buf.area, &mut buf, at, 1_000_000, &COLUMNS, &TITLES, &state, &Ctx { needle: "" }, &theme, true);
    assert_eq!(asked.get(), 10);
}

proptest! {
    #[test]
    fn it_stays_in_its_area(
        (x, y, width, height) in (0u16..70, 0u16..12, 0u16..90, 0u16..14),
        (count, at, by) in (0usize..30, 0usize..40, -50isize..50),
    ) {
        let rows = rows(count);
        let keys = keys(&rows);
        let mut state = TableState::new();
        state.to(at, keys.as_slice());
        state.sort_by("seats");
        let mut buf = Buffer::filled(Rect::new(1, 1, 60, 9), ratatui::buffer::Cell::new("#"));
        let area = Rect::new(x, y, width, height);
        draw(area, &mut buf, &rows, &state, "lan", &Theme::default());
        state.page_by(by, keys.as_slice());
        draw(area, &mut buf, &rows, &state, "lan", &Theme::default());
        for y in buf.area.top()..buf.area.bottom() {
            for x in buf.area.left()..buf.area.right() {
                prop_assert!(area.contains((x, y).into()) || buf[(x, y)].symbol() == "#");
            }
        }
        prop_assert_eq!(state.cursor().is_none(), count == 0);
    }

    #[test]
    fn columns_never_overlap_nor_leave_the_room(room in 0u16..300) {
        let mut slots = Vec::new();
        layout::lay_out(&COLUMNS, 2, room, &mut slots);
        prop_assert!(!slots.is_empty());
        prop_assert!(slots.windows(2).all(|pair| pair[0].x + pair[0].width < pair[1].x));
        prop_assert!(slots.iter().all(|slot| slot.x + slot.width <= 2 + room));
    }
}
