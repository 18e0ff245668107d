//! Changes of the line that keys and clicks make.

use super::print::wanted;
use super::{FieldSpec, Tongue, Wanted, parse};
use crate::domain::query::lex::{Body, lex};

/// The line with exactly these choices of a field asked for: they stand where the field stood before, or else first; none
/// takes the field out. What else is typed stays as it is.
pub fn with_choices(text: &str, fields: &[FieldSpec], field: usize, choices: &[usize], tongue: Tongue) -> String {
    let Some(spec) = fields.get(field) else { return text.to_owned() };
    let mut kept: Vec<&str> = Vec::new();
    let mut place = None;
    for piece in lex(text) {
        let of_field = match &piece.body {
            Body::Field { name, .. } => !piece.negated && super::field(fields, &text[name.clone()]) == Some(field),
            Body::Word(_) => false,
        };
        if of_field {
            place.get_or_insert(kept.len());
        } else {
            kept.push(&text[piece.span.clone()]);
        }
    }
    let own = wanted(spec, &Wanted::Choices(choices.to_vec()), tongue);
    if !choices.is_empty() {
        kept.insert(place.unwrap_or(0), &own);
    }
    debug_assert!(choices.is_empty() || parse(&own, fields).problems.is_empty());
    kept.join(" ")
}
