//! Writes what a pipeline says of paragraphs, for comparison with spaCy (`tests/parity.py`).
//! Usage: `dump PIPELINE_FOLDER < paragraphs.jsonl`: one JSON string a line in, one JSON list of tokens a line out. A token is
//! [start, end, space, norm, tag, pos, morph, head, dep, lemma, iob, type, sentence start], offsets in bytes.

use std::env;
use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use kilde_nlp::{Iob, Pipeline, Token};
use serde_json::{Value, json};

/// Paragraphs that are annotated at once.
const BATCH: usize = 256;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder] = arguments.as_slice() else {
        return Err("usage: dump PIPELINE_FOLDER < paragraphs.jsonl".into());
    };
    let started = Instant::now();
    let pipeline = Pipeline::load(Path::new(folder))?;
    eprintln!("loaded in {:.1?}", started.elapsed());
    let paragraphs = read_paragraphs()?;
    let started = Instant::now();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut count = 0;
    for batch in paragraphs.chunks(BATCH) {
        let texts: Vec<&str> = batch.iter().map(String::as_str).collect();
        for doc in pipeline.pipe(&texts) {
            count += doc.tokens.len();
            let rows: Vec<Value> = doc.tokens.iter().map(row).collect();
            writeln!(out, "{}", Value::from(rows))?;
        }
    }
    out.flush()?;
    eprintln!("{count} tokens in {:.1?}", started.elapsed());
    Ok(())
}

fn read_paragraphs() -> Result<Vec<String>, Box<dyn Error>> {
    let mut paragraphs = Vec::new();
    for line in io::stdin().lock().lines() {
        paragraphs.push(serde_json::from_str(&line?)?);
    }
    Ok(paragraphs)
}

fn row(token: &Token) -> Value {
    let iob = match token.ent_iob {
        Iob::Outside => "O",
        Iob::Begin => "B",
        Iob::Inside => "I",
    };
    json!([
        token.start,
        token.end,
        token.space_after,
        token.norm,
        token.tag,
        token.pos,
        token.morph,
        token.head,
        token.dep,
        token.lemma,
        iob,
        token.ent_type,
        token.sent_start
    ])
}
