//! How long the parts of the runtime take: matrix kernels, tokenizer, a whole pipeline. `cargo bench -p kilde-nlp`;
//! KILDE_CPU=portable measures plain Rust.

#[expect(
    dead_code,
    reason = "the kernels alone, without the layers that use the rest"
)]
#[path = "../src/layers"]
mod layers {
    pub(crate) mod gemm;
    pub(crate) mod vectors;
}

use std::path::{Path, PathBuf};

use divan::{Bencher, counter::ItemsCount};
use kilde_nlp::{Pipeline, tokenizer::Tokenizer};
use layers::gemm::{Rows, Weights};

fn main() {
    divan::main();
}

/// A product: rows, inputs and outputs as layers of `en_core_web_sm` have them. Items are multiplications and additions.
#[divan::bench(args = [(24, 96, 288), (60, 96, 864), (60, 288, 288)])]
fn product(bencher: Bencher, (rows, inputs, outputs): (usize, usize, usize)) {
    let number = |i: usize| ((i * 7919 + 13) % 1009) as f32 / 504.5 - 1.0;
    let input: Vec<f32> = (0..rows * inputs).map(number).collect();
    let weights: Vec<f32> = (0..outputs * inputs).map(number).collect();
    let weights = Weights::new(&weights, inputs);
    let mut out = vec![0.0; rows * weights.stride()];
    bencher
        .counter(ItemsCount::new(2 * rows * inputs * outputs))
        .bench_local(|| weights.multiply(Rows::dense(&input, inputs), divan::black_box(&mut out)));
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The paragraphs of the Norwegian sample articles.
fn paragraphs() -> Vec<String> {
    let mut files: Vec<PathBuf> = repository()
        .join("seeds/articles")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("/n"))
        .collect();
    files.sort();
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    texts
        .flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn words(paragraphs: &[&str]) -> ItemsCount {
    ItemsCount::new(
        paragraphs
            .iter()
            .flat_map(|text| text.split_whitespace())
            .count(),
    )
}

/// The tokenizer, remembering nothing between texts. Items are words.
#[divan::bench]
fn tokenize(bencher: Bencher) {
    let tokenizer = Tokenizer::load(&repository().join("models/nb"), "nb").unwrap();
    let texts = paragraphs();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    bencher.counter(words(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| tokenizer.tokenize(text).len())
            .sum::<usize>()
    });
}

/// Tokenizer, networks, parser, names: what `kilde parse` does. Items are words.
#[divan::bench]
fn annotate(bencher: Bencher) {
    let pipeline = Pipeline::load(&repository().join("models/nb")).unwrap();
    let texts = paragraphs();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    bencher
        .counter(words(&texts))
        .bench(|| pipeline.pipe(&texts));
}
