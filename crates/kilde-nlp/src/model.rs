//! A component's `model` file as thinc writes it: nodes in breadth-first order with names, references and attributes, and the
//! parameters of each. Gives parameters by the node's name and checks their shapes; what the layers compute is in [`crate::layers`].

use std::path::{Path, PathBuf};

use crate::error::{LoadError, read_file};
use crate::msgpack::{self, Value};

/// A parameter: its shape and its numbers in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Array {
    /// Sizes, outermost first.
    pub(crate) shape: Vec<usize>,
    /// Their product of numbers.
    pub(crate) data: Vec<f32>,
}

/// The bytes of a model file.
pub(crate) struct ModelBytes {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// A parsed model file.
pub(crate) struct Model<'a> {
    path: &'a Path,
    nodes: Vec<Node<'a>>,
}

/// One layer of the network.
pub(crate) struct Node<'a> {
    name: &'a str,
    refs: Value<'a>,
    attrs: Value<'a>,
    params: Value<'a>,
}

impl ModelBytes {
    /// Reads the file `model` of a component's directory.
    pub(crate) fn read(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("model");
        let bytes = read_file(&path)?;
        Ok(Self { path, bytes })
    }

    /// Parses the nodes; parameters are copied only when asked for.
    pub(crate) fn parse(&self) -> Result<Model<'_>, LoadError> {
        let nodes = parse_nodes(&self.bytes).map_err(|what| LoadError::malformed(&self.path, what))?;
        Ok(Model {
            path: &self.path,
            nodes,
        })
    }
}

impl<'a> Model<'a> {
    /// The file, for errors.
    pub(crate) fn path(&self) -> &Path {
        self.path
    }

    /// The nodes of that name, in breadth-first order.
    pub(crate) fn named<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m Node<'a>> + use<'a, 'm> {
        let name = name.to_owned();
        self.nodes.iter().filter(move |node| node.name == name)
    }

    /// The node of that name at `position` among those of its name.
    pub(crate) fn node(&self, name: &str, position: usize) -> Result<&Node<'a>, LoadError> {
        let node = self.named(name).nth(position);
        node.ok_or_else(|| self.wrong(format!("there is no layer '{name}' number {position}")))
    }

    /// The node that the outermost one refers to as `reference`.
    pub(crate) fn referred(&self, reference: &str) -> Result<&Node<'a>, LoadError> {
        let index = self.nodes.first().and_then(|root| root.refs.get(reference)).and_then(Value::as_usize);
        let node = index.and_then(|index| self.nodes.get(index));
        node.ok_or_else(|| self.wrong(format!("the model has no part '{reference}'")))
    }

    /// The parameter `name` of `node`, which must have exactly that shape.
    pub(crate) fn param(&self, node: &Node<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, LoadError> {
        let array = self.array(node, name)?;
        if array.shape == shape {
            return Ok(array.data);
        }
        Err(self.wrong(format!("'{name}' of layer '{}' is {:?}, expected {shape:?}", node.name, array.shape)))
    }

    /// The parameter `name` of `node`, of whatever shape.
    pub(crate) fn array(&self, node: &Node<'_>, name: &str) -> Result<Array, LoadError> {
        let value = node.params.get(name).ok_or_else(|| self.wrong(format!("layer '{}' has no '{name}'", node.name)))?;
        read_array(value).map_err(|what| self.wrong(format!("'{name}' of layer '{}': {what}", node.name)))
    }

    /// An error about this file.
    pub(crate) fn wrong(&self, what: String) -> LoadError {
        LoadError::malformed(self.path, what)
    }
}

impl Node<'_> {
    /// A whole-number attribute (attributes are MessagePack within MessagePack).
    pub(crate) fn attr(&self, name: &str) -> Option<u64> {
        let packed = self.attrs.get(name)?.as_bytes()?;
        msgpack::parse(packed).ok()?.as_u64()
    }

    /// An attribute that is a list of texts.
    pub(crate) fn attr_texts(&self, name: &str) -> Option<Vec<String>> {
        let packed = self.attrs.get(name)?.as_bytes()?;
        let value = msgpack::parse(packed).ok()?;
        value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    }
}

fn parse_nodes(bytes: &[u8]) -> Result<Vec<Node<'_>>, String> {
    let Value::Map(pairs) = msgpack::parse(bytes)? else {
        return Err("the outermost value is no map".to_owned());
    };
    let mut lists = [const { Vec::new() }; 3];
    for (key, value) in pairs {
        let place = ["nodes", "attrs", "params"].iter().position(|name| key.as_str() == Some(name));
        if let (Some(place), Value::Array(items)) = (place, value) {
            lists[place] = items;
        }
    }
    let [nodes, attrs, params] = lists;
    if nodes.is_empty() || nodes.len() != attrs.len() || nodes.len() != params.len() {
        return Err(format!("{} nodes, {} lists of attributes, {} of parameters", nodes.len(), attrs.len(), params.len()));
    }
    nodes.into_iter().zip(attrs).zip(params).map(|((node, attrs), params)| parse_node(&node, attrs, params)).collect()
}

fn parse_node<'a>(node: &Value<'a>, attrs: Value<'a>, params: Value<'a>) -> Result<Node<'a>, String> {
    let name = node.get("name").and_then(Value::as_str).ok_or("a node has no name")?;
    Ok(Node {
        name,
        refs: node.get("refs").cloned().unwrap_or(Value::Nil),
        attrs,
        params,
    })
}

/// Reads `{nd, type, shape, data}`; the data must be exactly as long as the shape says.
fn read_array(value: &Value<'_>) -> Result<Array, String> {
    let kind = value.get("type").and_then(Value::as_str);
    if kind != Some("<f4") {
        return Err(format!("numbers of type {kind:?}, expected '<f4'"));
    }
    let shape = value.get("shape").and_then(Value::as_array).ok_or("an array without a shape")?;
    let shape: Option<Vec<usize>> = shape.iter().map(Value::as_usize).collect();
    let shape = shape.ok_or("a shape that holds something else than sizes")?;
    let bytes = value.get("data").and_then(Value::as_bytes).ok_or("an array without data")?;
    let count = shape.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
    if count.and_then(|count| count.checked_mul(4)) != Some(bytes.len()) {
        return Err(format!("{} bytes for the shape {shape:?}", bytes.len()));
    }
    let data = floats(bytes);
    if data.iter().all(|number| number.is_finite()) {
        Ok(Array { shape, data })
    } else {
        Err("a number that is not finite".to_owned())
    }
}

/// Little-endian 32-bit floats.
pub(crate) fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
