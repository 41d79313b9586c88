//! Tests of the program's parts together, in one binary.

mod layers;
mod export;
mod query;
mod sample;
mod store;
mod store_index;
mod store_writers;
mod world;
