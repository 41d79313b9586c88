//! Writes what the tokenizer of a pipeline says of paragraphs, for comparison with spaCy (`tests/parity.py`).
//! Usage: `dump PIPELINE_FOLDER LANGUAGE < paragraphs.jsonl`: one JSON string a line in, one JSON list of tokens a line out.
//! A token: start and end in bytes, whether a space follows, then the ids of norm, prefix, suffix and shape.

use std::env;
use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use kilde_nlp::tokenizer::{RawToken, Tokenizer};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, lang] = arguments.as_slice() else {
        return Err("usage: dump PIPELINE_FOLDER LANGUAGE < paragraphs.jsonl".into());
    };
    let started = Instant::now();
    let tokenizer = Tokenizer::load(Path::new(folder), lang)?;
    eprintln!("loaded in {:?}", started.elapsed());
    let paragraphs: Vec<String> = io::stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Box<dyn Error>>>()?;
    for round in ["cold", "warm"] {
        let started = Instant::now();
        let count: usize = paragraphs
            .iter()
            .map(|text| tokenizer.tokenize(text).len())
            .sum();
        eprintln!("{count} tokens in {:?} ({round})", started.elapsed());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for text in &paragraphs {
        let tokens: Vec<Value> = tokenizer.tokenize(text).iter().map(token).collect();
        writeln!(out, "{}", Value::from(tokens))?;
    }
    out.flush()?;
    Ok(())
}

fn token(token: &RawToken) -> Value {
    let lexeme = &token.lexeme;
    json!([
        token.start,
        token.end,
        token.space_after,
        lexeme.norm_text,
        lexeme.norm,
        lexeme.prefix,
        lexeme.suffix,
        lexeme.shape,
        lexeme.lower,
        lexeme.is_space
    ])
}
