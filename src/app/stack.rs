//! The screens that are open: the gate, or the tabs with what is open above each.

use chrono::{DateTime, Utc};

use crate::screens::{Layer, Screen};

use super::cx::ScreenKey;

/// An open screen and the name by which answers find it.
pub(crate) struct Slot {
    pub(crate) key: ScreenKey,
    pub(crate) screen: Box<dyn Screen>,
}

/// A tab and what is open above it.
pub(crate) struct Tab {
    pub(crate) base: Slot,
    pub(crate) above: Vec<Slot>,
}

/// All open screens.
#[derive(Default)]
pub(crate) struct Stack {
    /// Sign-in, lock or first administrator: hides everything else.
    pub(crate) gate: Option<Slot>,
    tabs: Vec<Tab>,
    active: usize,
    next_key: u32,
}

impl Stack {
    fn slot(&mut self, screen: Box<dyn Screen>) -> Slot {
        self.next_key += 1;
        Slot { key: ScreenKey(self.next_key), screen }
    }

    pub(crate) fn set_gate(&mut self, screen: Box<dyn Screen>) -> ScreenKey {
        let slot = self.slot(screen);
        let key = slot.key;
        self.gate = Some(slot);
        key
    }

    pub(crate) fn push_tab(&mut self, screen: Box<dyn Screen>) {
        let base = self.slot(screen);
        self.tabs.push(Tab { base, above: Vec::new() });
    }

    /// Opens a screen above the active tab (or instead of nothing, above the gate).
    pub(crate) fn push(&mut self, screen: Box<dyn Screen>) -> ScreenKey {
        let slot = self.slot(screen);
        let key = slot.key;
        match self.tabs.get_mut(self.active) {
            Some(tab) if self.gate.is_none() => tab.above.push(slot),
            _ => {}
        }
        key
    }

    /// Opens a screen above the tab of its owner.
    pub(crate) fn push_above(&mut self, owner: ScreenKey, screen: Box<dyn Screen>) -> ScreenKey {
        let slot = self.slot(screen);
        let key = slot.key;
        let home = self.tabs.iter_mut().find(|tab| tab.base.key == owner || tab.above.iter().any(|s| s.key == owner));
        if let Some(tab) = home {
            tab.above.push(slot);
        }
        key
    }

    pub(crate) fn close(&mut self, key: ScreenKey) {
        for tab in &mut self.tabs {
            tab.above.retain(|slot| slot.key != key);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.tabs.clear();
        self.active = 0;
    }

    pub(crate) fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    pub(crate) fn active(&self) -> usize {
        self.active
    }

    /// Makes a tab the active one; counts on after the last. `false` if it is already.
    pub(crate) fn go_to(&mut self, tab: usize) -> bool {
        let tab = tab % self.tabs.len().max(1);
        let moves = tab != self.active && tab < self.tabs.len();
        if moves {
            self.active = tab;
        }
        moves
    }

    /// The screen that gets the keys.
    pub(crate) fn top(&self) -> Option<&Slot> {
        self.gate.as_ref().or_else(|| self.tabs.get(self.active).map(|tab| tab.above.last().unwrap_or(&tab.base)))
    }

    /// Whether nothing is open above the active tab.
    pub(crate) fn on_top_level(&self) -> bool {
        self.gate.is_some() || self.tabs.get(self.active).is_none_or(|tab| tab.above.is_empty())
    }

    fn all(&self) -> impl Iterator<Item = &Slot> {
        self.gate.iter().chain(self.tabs.iter().flat_map(|tab| std::iter::once(&tab.base).chain(&tab.above)))
    }

    pub(crate) fn keys(&self) -> Vec<ScreenKey> {
        self.all().map(|slot| slot.key).collect()
    }

    pub(crate) fn find(&self, key: ScreenKey) -> Option<&Slot> {
        self.all().find(|slot| slot.key == key)
    }

    pub(crate) fn find_mut(&mut self, key: ScreenKey) -> Option<&mut Slot> {
        let tabs = self.tabs.iter_mut().flat_map(|tab| std::iter::once(&mut tab.base).chain(&mut tab.above));
        self.gate.iter_mut().chain(tabs).find(|slot| slot.key == key)
    }

    /// Whether any open screen holds something typed.
    pub(crate) fn unsaved(&self) -> bool {
        self.all().any(|slot| slot.screen.unsaved())
    }

    /// Until when the person is busy elsewhere because of a screen.
    pub(crate) fn busy_until(&self) -> Option<DateTime<Utc>> {
        self.all().filter_map(|slot| slot.screen.busy_until()).max()
    }

    /// The titles of what was begun and is kept, but not done.
    pub(crate) fn begun(&self) -> Vec<String> {
        self.all().flat_map(|slot| slot.screen.begun()).collect()
    }

    /// What is drawn, from below: the uppermost page of the active tab and the boxes over it; or the gate alone.
    pub(crate) fn visible(&self) -> Vec<&Slot> {
        if let Some(gate) = &self.gate {
            return vec![gate];
        }
        let Some(tab) = self.tabs.get(self.active) else { return Vec::new() };
        let mut slots: Vec<&Slot> = std::iter::once(&tab.base).chain(&tab.above).collect();
        let page = slots.iter().rposition(|slot| matches!(slot.screen.layer(), Layer::Page | Layer::Bare)).unwrap_or(0);
        slots.drain(..page);
        slots
    }
}
