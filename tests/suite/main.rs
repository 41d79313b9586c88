//! Tests of the program's parts together, in one binary.

mod cli;
mod export;
mod interchange;
mod layers;
mod push;
mod query;
mod sample;
mod store;
mod store_index;
mod store_writers;
mod world;
