//! How much room words take, without the fonts of the machine: letters in four widths, those of a wide sans serif (`DejaVu
//! Sans`), so that narrower ones fit too.

use super::super::{forces::Point, style::Shape};

/// Height of a line of text, as a share of the size of its letters.
pub(in super::super) const LINE: f64 = 1.2;

/// The width of a text in letters of size 1.
pub(in super::super) fn width(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(one: char) -> f64 {
    match one {
        'i' | 'j' | 'l' | 'I' | '\'' | '.' | ',' | ':' | '|' | ' ' | '’' | '(' | ')' | '-'
        | 'f' | 't' | 'r' | '/' => 0.39,
        'm' | 'w' | 'M' | 'W' | '…' | '—' | '@' | '%' => 1.0,
        '\u{300}'..='\u{36f}' => 0.0,
        // Scripts of square letters, and emoji.
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'.. => 1.05,
        '×' => 0.84,
        _ if one.is_uppercase() => 0.72,
        _ => 0.62,
    }
}

/// Width and height of lines of text.
pub(in super::super) fn area(lines: &[String], size: usize) -> Point {
    let widest = lines.iter().map(|line| width(line)).fold(0.0, f64::max);
    Point {
        x: widest * size as f64,
        y: lines.len().max(1) as f64 * LINE * size as f64,
    }
}

/// Half the width and height of a shape that has these words in it.
pub(in super::super) fn half(lines: &[String], size: usize, look: &Shape) -> Point {
    let text = area(lines, size);
    // A corner of the text touches an ellipse when both sides are longer by the root of two; of one line hardly the ends are.
    let (wide, high) = match look.outline {
        "ellipse" => (1.12 + 0.1 * (lines.len() as f64 - 1.0), 1.45),
        "octagon" => (1.1, 1.45),
        "cds" => (1.12, 1.1),
        _ => (1.0, 1.0),
    };
    Point {
        x: text.x * wide / 2.0 + 6.0,
        y: text.y * high / 2.0 + 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_more_room() {
        assert!(width("mmm") > width("aaa") && width("aaa") > width("iii"));
        assert!(width("政治") > width("as"));
        assert!(width("e\u{301}") < width("ee"));
    }
}
