//! Remembers what a network computes from a word, or from a feature of words, alone. The same key always gives the same numbers,
//! so that memory changes the speed and nothing else. Bounded, and each thread has its own.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Rows of numbers by key.
#[derive(Debug)]
pub(super) struct Memory<K> {
    places: FxHashMap<K, u32>,
    rows: Vec<f32>,
    /// How often each row was asked for again since room was made last.
    uses: Vec<u32>,
    /// Places whose keys were forgotten.
    free: Vec<u32>,
    width: usize,
    capacity: usize,
}

impl<K: Copy + Eq + Hash> Memory<K> {
    /// A memory for about `capacity` rows of `width` numbers.
    pub(super) fn new(width: usize, capacity: usize) -> Self {
        Self {
            places: FxHashMap::default(),
            rows: Vec::new(),
            uses: Vec::new(),
            free: Vec::new(),
            width,
            capacity,
        }
    }

    /// Forgets the least used rows, a quarter at least, if there are too many. Places are good until then.
    pub(super) fn make_room(&mut self) {
        if self.places.len() < self.capacity {
            return;
        }
        let mut least = 1;
        while self.places.len() > self.capacity / 4 * 3 {
            self.places.retain(|_, place| {
                let stays = self.uses[*place as usize] >= least;
                if !stays {
                    self.free.push(*place);
                }
                stays
            });
            least *= 2;
        }
        self.uses.fill(0);
    }

    /// The key's place, and whether it is new: then its row has yet to be filled.
    pub(super) fn place(&mut self, key: K) -> (u32, bool) {
        if let Some(place) = self.places.get(&key) {
            self.uses[*place as usize] += 1;
            return (*place, false);
        }
        let place = self.free.pop().unwrap_or_else(|| {
            // A batch has far fewer tokens than numbers of 32 bits.
            let next = u32::try_from(self.uses.len()).unwrap_or(u32::MAX - 1);
            self.uses.push(0);
            self.rows.resize(self.uses.len() * self.width, 0.0);
            next
        });
        self.uses[place as usize] = 0;
        self.places.insert(key, place);
        (place, true)
    }

    /// The row at a place.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    pub(super) fn row(&self, place: u32) -> &[f32] {
        let start = place as usize * self.width;
        &self.rows[start..start + self.width]
    }

    /// The row at a place, to be filled.
    pub(super) fn row_mut(&mut self, place: u32) -> &mut [f32] {
        let start = place as usize * self.width;
        &mut self.rows[start..start + self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_used_and_takes_the_places_of_the_rest() {
        let mut memory = Memory::new(2, 8);
        for key in 0..8_u64 {
            let (place, is_new) = memory.place(key);
            assert!(is_new);
            memory.row_mut(place).fill(key as f32);
        }
        for key in [1, 5] {
            assert!(!memory.place(key).1);
        }
        memory.make_room();
        for key in [1, 5] {
            let (place, is_new) = memory.place(key);
            assert!(!is_new);
            assert_eq!(memory.row(place), [key as f32; 2]);
        }
        let new: Vec<u32> = (10..16).map(|key| memory.place(key).0).collect();
        assert_eq!(memory.rows.len(), 16, "no more rows than before");
        assert!(new.iter().all(|place| ![1, 5].contains(place)), "{new:?}");
    }

    #[test]
    fn makes_room_also_where_all_is_used() {
        let mut memory = Memory::new(1, 8);
        for key in (0..8_u64).chain(0..8) {
            memory.place(key);
        }
        memory.make_room();
        assert!(memory.places.len() <= 6);
    }
}
