//! What a juror hands in: one of three notes, and a comment that says something.

use super::Rules;
use crate::domain::rule::{Refusal, Rule};
use crate::domain::vote::Note;

/// What a juror hands in, judged: a note, and a comment without blanks around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The note.
    pub note: Note,
    /// The comment; `None` where none is required and none was written.
    pub comments: Option<String>,
}

impl Paper {
    /// Judges what a juror hands in. `room` is what the column takes, in characters, where that is less than the rule's.
    ///
    /// # Errors
    /// [`Rule::BadNote`], then [`Rule::CommentNeeded`], [`Rule::BadText`], [`Rule::CommentTooLong`].
    pub fn read(note: &str, comments: Option<&str>, rules: &Rules, room: Option<usize>) -> Result<Paper, Refusal> {
        let known = Note::ALL.into_iter().find(|known| known.as_sql() == note);
        let note = known.ok_or_else(|| Refusal::new(Rule::BadNote).with("note", cut(note)))?;
        let max = room.map_or(rules.comment_max, |room| room.min(rules.comment_max));
        let comments = remark(comments, max, "field-comments")?;
        if rules.require_comment && comments.is_none() {
            return Err(Rule::CommentNeeded.into());
        }
        Ok(Paper { note, comments })
    }
}

/// A comment without blanks around it and with plain line ends; `None` if nothing is left that can be seen. `field` is the
/// message that names what it is written into.
///
/// # Errors
/// [`Rule::BadText`] for a control character, [`Rule::CommentTooLong`] above `max` characters.
pub fn remark(text: Option<&str>, max: usize, field: &str) -> Result<Option<String>, Refusal> {
    let text = text.unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Ok(None);
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        let field = crate::domain::Param::Message(field.to_owned());
        return Err(Refusal::new(Rule::BadText).with("field", field));
    }
    let length = text.chars().count();
    if length > max {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        return Err(Refusal::new(Rule::CommentTooLong).with("max", number(max)).with("length", number(length)));
    }
    Ok(Some(text.to_owned()))
}

/// Characters that are no white space and yet show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Enough of a note that is none to recognise it.
fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}
