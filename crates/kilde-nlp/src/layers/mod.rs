//! The layers that spaCy's CNN pipelines are made of, each with the arithmetic of thinc's layer of the same name. Layers hold
//! their weights in the order that suits the loops here; they take and give rows of numbers and know nothing of documents.

pub(crate) mod convolution;
pub(crate) mod gemm;
pub(crate) mod hash_embed;
pub(crate) mod linear;
pub(crate) mod maxout;
pub(crate) mod static_vectors;
pub(crate) mod vectors;
