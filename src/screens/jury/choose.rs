//! One juror of all, found by typing, with what each has to do.

use ratatui::layout::Rect;

use crate::api::jury::JurorRow;
use crate::api::{Answer, Failure, Reply, Request};
use crate::app::action::Action;
use crate::app::cx::{Cx, Tone};
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::msg::{Mouse, MouseKind, Ticket};
use crate::app::sentence;
use crate::app::session::Session;
use crate::domain::{FilmId, UserId};
use crate::screens::panel::panel;
use crate::screens::picker::{Pick, Picked, Picker};
use crate::screens::{Canvas, Layer, Screen};
use crate::widgets::pen::{Pen, row};

/// What happens with the one that was chosen among all.
type Then = Box<dyn Fn(&JurorRow, &[JurorRow], &mut Cx<'_>) + Send>;

/// The box.
pub(crate) struct ChooseJuror {
    title: String,
    film: Option<FilmId>,
    /// Those who cannot be chosen.
    without: Vec<UserId>,
    /// Whether those whose account is disabled can be.
    disabled: bool,
    rows: Vec<JurorRow>,
    picker: Option<Picker>,
    reading: Option<Ticket>,
    then: Then,
}

/// How many films somebody has to judge, and has judged.
pub(super) fn load(juror: &JurorRow, session: &Session) -> String {
    session.tr_with("juror-load", &[("films", juror.films.into()), ("voted", juror.voted.into())])
}

impl ChooseJuror {
    /// Asks for one, about a film or in general; `then` opens what follows.
    pub(crate) fn new(
        title: String,
        film: Option<FilmId>,
        without: Vec<UserId>,
        then: impl Fn(&JurorRow, &[JurorRow], &mut Cx<'_>) + Send + 'static,
    ) -> Self {
        Self {
            title,
            film,
            without,
            disabled: true,
            rows: Vec::new(),
            picker: None,
            reading: None,
            then: Box::new(then),
        }
    }

    /// Without those whose account is disabled.
    pub(super) fn enabled(mut self) -> Self {
        self.disabled = false;
        self
    }

    fn picked(&mut self, picked: Picked, cx: &mut Cx<'_>) {
        match picked {
            Picked::Took(pick) => {
                let row = self.rows.iter().find(|row| row.juror.to_string() == pick.value);
                if let Some(row) = row {
                    (self.then)(row, &self.rows, cx);
                    cx.close();
                }
            }
            Picked::Left => cx.close(),
            Picked::New(_) | Picked::Looking => {}
        }
    }
}

impl Screen for ChooseJuror {
    fn title(&self) -> &'static str {
        "jury-title"
    }

    fn layer(&self) -> Layer {
        Layer::Box
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Menu]
    }

    fn typing(&self) -> bool {
        self.picker.is_some()
    }

    fn enter(&mut self, _fresh: bool, cx: &mut Cx<'_>) {
        if self.picker.is_none() && self.reading.is_none() {
            self.reading = Some(cx.call(Request::Jurors { film: self.film }));
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        if matches!(action, Action::Help | Action::Repaint | Action::Quit) {
            return false;
        }
        match &mut self.picker {
            Some(picker) => {
                let picked = picker.act(action);
                self.picked(picked, cx);
            }
            None if action == Action::Back => cx.close(),
            None => {}
        }
        true
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_>) -> bool {
        self.picker.as_mut().is_some_and(|picker| picker.typed(key, cx.session))
    }

    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) {
        if let Some(picker) = &mut self.picker {
            picker.pasted(text, cx.session);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cx: &mut Cx<'_>) {
        let Some(picker) = &mut self.picker else { return };
        let picked = match mouse.kind {
            MouseKind::Press => picker.click(mouse.column, mouse.row),
            MouseKind::WheelUp => picker.act(Action::Up),
            MouseKind::WheelDown => picker.act(Action::Down),
        };
        self.picked(picked, cx);
    }

    fn reply(&mut self, ticket: Ticket, result: Result<Answer, Failure>, cx: &mut Cx<'_>) {
        if self.reading.take_if(|asked| *asked == ticket).is_none() {
            return;
        }
        let session = cx.session;
        match result.map(|answer| answer.reply) {
            Ok(Reply::Jurors(rows)) => {
                self.rows = rows;
                let can = |row: &&JurorRow| !self.without.contains(&row.juror) && (row.enabled || self.disabled);
                let left = self.rows.iter().filter(can);
                let pick = |row: &JurorRow| {
                    let off = if row.enabled { String::new() } else { format!("{} · ", session.tr("juror-disabled")) };
                    Pick::new(row.juror.to_string(), &row.name).aside(&format!("{off}{}", load(row, session)))
                };
                self.picker = Some(Picker::new(self.title.clone(), left.map(pick).collect(), "", session));
            }
            Ok(_) => {}
            Err(failure) => {
                cx.toast(Tone::Problem, sentence::failure(&session.lang, &failure));
                cx.close();
            }
        }
    }

    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        match &self.picker {
            Some(picker) => picker.draw(area, canvas),
            None => {
                let theme = &canvas.session.theme;
                let body = panel(area, canvas, &self.title, 64, 3);
                let text = canvas.session.tr("page-loading");
                Pen::new(row(body, 0), canvas.buf, theme.signs.ellipsis).put(&text, theme.dim);
            }
        }
    }
}
