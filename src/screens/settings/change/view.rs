//! How the change of a setting looks in each of its steps.

use ratatui::layout::Rect;

use crate::app::session::Session;
use crate::screens::Canvas;
use crate::screens::panel::panel;
use crate::screens::settings::words;
use crate::screens::sheet::Sheet;
use crate::widgets::pen::{Pen, row};

use super::{ChangeSetting, FRAME, Step, WIDE};

impl ChangeSetting {
    /// Draws the dialog over an area.
    pub(super) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let session = canvas.session;
        let width = area.width.min(WIDE);
        let inside = width.saturating_sub(FRAME);
        let mut sheet = Sheet::new(inside);
        self.say(&mut sheet, session);
        let above = u16::try_from(sheet.len()).unwrap_or(u16::MAX);
        let title = words::label(self.setting.name, session);
        let below = match &self.step {
            Step::Find(picker) => {
                picker.draw(area, canvas);
                return self.warn(area, canvas);
            }
            Step::Choose(menu) => menu.height(),
            Step::Type(form) => form.height(inside).saturating_add(2),
            Step::Look(_) => self.last_look.height(),
        };
        let body = panel(area, canvas, &title, width, above.saturating_add(below).saturating_add(2));
        let above = above.min(body.height.saturating_sub(below.min(4)));
        sheet.draw(Rect { height: above, ..body }, 0, canvas);
        let rest = Rect { y: body.y + above, height: body.height - above, ..body };
        let theme = &session.theme;
        let busy = |canvas: &mut Canvas<'_>| {
            let text = format!("{} {}", theme.signs.spinner[0], session.tr("form-saving"));
            Pen::new(row(rest, 0), canvas.buf, theme.signs.ellipsis).put(&text, theme.accent);
        };
        match &self.step {
            Step::Choose(menu) => menu.draw(rest, canvas.buf, theme),
            Step::Type(form) => {
                let place = Rect { height: rest.height.saturating_sub(2), ..rest };
                canvas.cursor = form.draw(place, canvas.buf, theme);
                let foot = row(rest, rest.height.saturating_sub(1));
                Pen::new(foot, canvas.buf, theme.signs.ellipsis).put(&session.tr("batch-value-foot"), theme.dim);
            }
            Step::Look(_) if self.saving.is_some() => busy(canvas),
            Step::Look(_) => self.last_look.draw(rest, canvas),
            Step::Find(_) => {}
        }
    }

    /// What stands above the step: what went wrong, what the setting decides, or what follows from the change.
    fn say(&self, sheet: &mut Sheet, session: &Session) {
        let theme = &session.theme;
        let warning = || Some((theme.warning, theme.signs.warning.to_owned()));
        if let Some(problem) = &self.problem {
            sheet.signed(0, warning(), theme.warning, problem);
            sheet.gap();
        }
        if self.moved {
            let value = words::shown(self.setting, &self.value, session);
            let text = session.tr_with("settings-moved", &[("value", (&value).into())]);
            sheet.signed(0, warning(), theme.warning, &text);
            sheet.gap();
        }
        let Step::Look(value) = &self.step else {
            sheet.text(0, theme.dim, &words::about(self.setting.name, session));
            return sheet.gap();
        };
        let shown = |value: &str| words::shown(self.setting, value, session);
        sheet.line(
            0,
            vec![
                (theme.dim, shown(&self.value)),
                (theme.dim, format!(" {} ", theme.signs.arrow)),
                (theme.title, shown(value)),
            ],
        );
        sheet.text(0, theme.text, &session.tr(&words::meaning_id(self.setting, value)));
        sheet.gap();
        if words::rules_votes(self.setting.name) {
            match self.running {
                Some((0, 0)) => {
                    let sign = Some((theme.ok, theme.signs.check.to_owned()));
                    sheet.signed(0, sign, theme.text, &session.tr("settings-no-votes-running"));
                }
                Some((first, second)) => {
                    let args = [("first", first.into()), ("second", second.into())];
                    sheet.signed(0, warning(), theme.text, &session.tr_with("settings-votes-running", &args));
                }
                None => sheet.signed(0, warning(), theme.text, &session.tr("settings-votes-may-run")),
            }
            sheet.gap();
        }
        sheet.text(0, theme.dim, &session.tr("settings-for-all"));
        sheet.gap();
    }

    /// What is to be said while one of many is looked for, above that.
    fn warn(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = &canvas.session.theme;
        let text = match &self.problem {
            Some(problem) => problem.clone(),
            None if self.moved => {
                let value = words::shown(self.setting, &self.value, canvas.session);
                canvas.session.tr_with("settings-moved", &[("value", (&value).into())])
            }
            None => return,
        };
        let mut pen = Pen::new(row(area, 0), canvas.buf, theme.signs.ellipsis);
        pen.put(theme.signs.warning, theme.warning).put(" ", theme.warning).put(&text, theme.warning);
    }
}
