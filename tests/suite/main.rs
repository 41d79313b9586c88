//! Tests of the program's parts together, in one binary.

mod analyse;
mod build_again;
mod cli;
mod corrections;
mod coverage;
mod diff;
mod export;
mod forget;
mod gists;
mod interchange;
mod kill;
mod layers;
mod own_domain;
mod page;
mod pictures;
mod push;
mod query;
mod sample;
mod shapes;
mod store;
mod store_index;
mod store_ledger;
mod store_writers;
mod verify;
mod world;
