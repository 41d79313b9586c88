//! Tests of the program's parts together, in one binary.

<<<<<<< HEAD
mod layers;
=======
mod query;
>>>>>>> outputs
mod sample;
mod store;
mod store_index;
mod store_writers;
mod world;
