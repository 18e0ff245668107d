//! What stands for a character where the terminal does not show UTF-8.

use unicode_normalization::UnicodeNormalization as _;

/// The ASCII character nearest to `c`; `?` where there is none.
pub(super) fn equivalent(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    drawn(c).or_else(|| sign(c)).or_else(|| letter(c)).unwrap_or('?')
}

/// Lines, corners, blocks, bars and Braille patterns.
fn drawn(c: char) -> Option<char> {
    Some(match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '╴' | '╶' | '╸' | '╺' | '╼' | '╾' => {
            '-'
        }
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' | '╵' | '╷' | '╹' | '╻' | '╽' | '╿' => {
            '|'
        }
        '═' => '=',
        '║' => '|',
        '╱' => '/',
        '╲' => '\\',
        '╳' => 'X',
        '\u{2500}'..='\u{257f}' => '+',
        '▁' | '▂' | '▔' => '_',
        '░' | '▒' => ':',
        '▏' | '▎' | '▕' | '▍' => '|',
        '\u{2580}'..='\u{259f}' => '#',
        '\u{2800}' => ' ',
        '\u{2801}'..='\u{28ff}' => ':',
        _ => return None,
    })
}

/// Arrows, marks, punctuation.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '←' | '◀' | '◂' | '⟵' | '‹' | '«' => '<',
        '→' | '▶' | '▸' | '►' | '⟶' | '›' | '»' | '❯' => '>',
        '↑' | '▲' | '▴' => '^',
        '↓' | '▼' | '▾' => 'v',
        '↵' | '⏎' => '<',
        '•' | '·' | '●' | '◉' | '∙' | '■' | '▪' | '◼' | '◆' | '★' | '✦' | '✱' | '✶' => '*',
        '○' | '◌' | '◯' | '◦' => 'o',
        '◐' | '◑' | '◒' | '◓' => 'c',
        '□' | '▫' | '◇' | '☆' | '✧' => '.',
        '✓' | '✔' => 'v',
        '✗' | '✘' | '×' | '✕' | '✖' => 'x',
        '⚠' => '!',
        '…' => '.',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '÷' => '/',
        '≈' => '~',
        '≤' => '<',
        '≥' => '>',
        '±' => '+',
        '§' => 'S',
        '©' => 'c',
        '®' => 'r',
        '€' => 'E',
        '£' => 'L',
        '¡' => '!',
        '¿' => '?',
        '°' => 'o',
        _ => return None,
    })
}

/// A letter without its accent.
fn letter(c: char) -> Option<char> {
    Some(match c {
        'ß' => 's',
        'Æ' => 'A',
        'æ' => 'a',
        'Œ' => 'O',
        'œ' => 'o',
        'Ø' => 'O',
        'ø' => 'o',
        'Đ' | 'Ð' => 'D',
        'đ' | 'ð' => 'd',
        'Ł' => 'L',
        'ł' => 'l',
        'Þ' => 'T',
        'þ' => 't',
        'ı' => 'i',
        _ => return std::iter::once(c).nfkd().next().filter(|base| base.is_ascii_graphic()),
    })
}

#[cfg(test)]
mod tests {
    use super::equivalent;

    #[test]
    fn every_kind_has_its_equivalent() {
        let from = "aéÀñçœøŁ─│┌┼╯═║█▌░▏←→▲▾●○✓✗…–’“×€①Ａ日Ж👩";
        let to = "aeAncooL-|+++=|##:|<>^v*ovx.-'\"xE1A???";
        assert_eq!(from.chars().map(equivalent).collect::<String>(), to);
    }

    #[test]
    fn the_result_is_always_one_visible_byte() {
        for c in ('\u{80}'..='\u{ffff}').chain('\u{1f000}'..='\u{1ffff}') {
            let shown = equivalent(c);
            assert!(shown == ' ' || shown.is_ascii_graphic(), "{c:?} → {shown:?}");
        }
    }
}
