//! Which columns are drawn and how wide: those that fit, the rest of the width shared out.

use super::{Column, Width};

/// One drawn column: which it is, where it begins and how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) column: usize,
    pub(super) x: u16,
    pub(super) width: u16,
}

/// Lays the columns out from `x` on in `room` cells. The columns of the greatest priority number go first (of equals
/// the one further right) until the least widths of all others fit; one column always stays.
pub(super) fn lay_out<T, C>(columns: &[Column<T, C>], x: u16, room: u16, slots: &mut Vec<Slot>) {
    slots.clear();
    slots.extend((0..columns.len()).map(|column| Slot { column, x, width: columns[column].width.least() }));
    let gap = match room {
        0..100 => 1,
        100..160 => 2,
        _ => 3,
    };
    while slots.len() > 1 && needed(slots, gap) > u32::from(room) {
        let last = (0..slots.len()).max_by_key(|slot| (columns[slots[*slot].column].priority, *slot)).unwrap_or(0);
        slots.remove(last);
    }
    let spare = u32::from(room).saturating_sub(needed(slots, gap));
    share_out(columns, slots, spare);
    let mut at = x;
    let right = x.saturating_add(room);
    for slot in slots {
        slot.x = at;
        slot.width = slot.width.min(right.saturating_sub(at));
        at = at.saturating_add(slot.width).saturating_add(gap).min(right);
    }
}

fn needed(slots: &[Slot], gap: u16) -> u32 {
    let gaps = u32::from(gap) * u32::try_from(slots.len().saturating_sub(1)).unwrap_or(0);
    slots.iter().map(|slot| u32::from(slot.width)).sum::<u32>() + gaps
}

/// Shares `spare` cells out among the growing columns by weight, to the last cell.
fn share_out<T, C>(columns: &[Column<T, C>], slots: &mut [Slot], mut spare: u32) {
    let weight = |slot: &Slot| match columns[slot.column].width {
        Width::Grow { weight, .. } => u32::from(weight),
        Width::Fixed(_) => 0,
    };
    let mut weights: u32 = slots.iter().map(weight).sum();
    for slot in slots {
        let own = weight(slot);
        if own > 0 {
            let share = spare * own / weights;
            slot.width = slot.width.saturating_add(u16::try_from(share).unwrap_or(u16::MAX));
            spare -= share;
            weights -= own;
        }
    }
}
