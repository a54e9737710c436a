//! What is done to the objects and the further machines of a document.

use crate::ui::prelude::*;

use super::{DataItem, Workspace};
use crate::share::Machine;

impl Workspace {
    /// The name of the further machine that is shown under Data.
    pub fn shown_machine(&self) -> Option<String> {
        self.data.with_untracked(|item| match item {
            Some(DataItem::Machine(name)) => Some(name.clone()),
            _ => None,
        })
    }

    /// The text of an item; none of one that is gone.
    pub fn data_text(&self, item: &DataItem) -> Option<String> {
        match item {
            DataItem::Object { bucket, key } => self.objects.with(|objects| Some(objects.get(bucket)?.get(key)?.to_string())),
            DataItem::Machine(name) => self.machines.with(|machines| Some(machines.get(name)?.definition.clone())),
            DataItem::Written { bucket, key } => self.run.get()?.origin().0.with(|core| {
                core.written().into_iter().find(|(b, k, _)| b == bucket && k == key).map(|(.., text)| text.to_string())
            }),
        }
    }

    /// Puts a text in place of that of the item that is shown; what a run has written stays as it is.
    pub(super) fn set_data_text(&self, text: String) {
        let Some(item) = self.data.get_untracked() else { return };
        if untrack(|| self.data_text(&item)).is_none_or(|old| old == text) {
            return;
        }
        match item {
            DataItem::Object { bucket, key } => self.put_object(&bucket, &key, text),
            DataItem::Machine(name) => self.machines.update(|machines| {
                if let Some(machine) = machines.get_mut(&name) {
                    machine.definition = text;
                }
            }),
            DataItem::Written { .. } => {}
        }
    }

    /// Puts an object into a bucket, be it there or not.
    pub fn put_object(&self, bucket: &str, key: &str, text: String) {
        self.objects.update(|objects| {
            objects.get_or_insert_with(bucket.to_owned(), Default::default).insert(key.to_owned(), text.into());
        });
    }

    /// Adds a machine and shows it.
    pub fn add_machine(&self, name: String, machine: Machine) {
        self.machines.update(|machines| {
            machines.insert(name.clone(), machine);
        });
        self.data.set(Some(DataItem::Machine(name)));
    }

    /// Gives an item another name; why not, where it can't have it.
    pub fn rename_data(&self, from: &DataItem, to: DataItem) -> Result<(), &'static str> {
        if *from == to {
            return Ok(());
        }
        if untrack(|| self.data_text(&to)).is_some() {
            return Err("There is one of this name already.");
        }
        match (from, &to) {
            (DataItem::Object { bucket, key }, DataItem::Object { bucket: new_bucket, key: new_key }) => {
                if new_bucket.is_empty() || new_key.is_empty() {
                    return Err("A bucket and a key have at least one character.");
                }
                let text = untrack(|| self.data_text(from)).unwrap_or_default();
                self.forget_object(bucket, key);
                self.put_object(new_bucket, new_key, text);
            }
            (DataItem::Machine(old), DataItem::Machine(new)) => {
                if let Some(problem) = crate::spec::execution_name_problem(new, true) {
                    return Err(if problem.contains("at most") {
                        "A name has at most 80 characters."
                    } else {
                        "A name holds no white space and none of < > { } [ ] ? * # % , ; : / and their like."
                    });
                }
                self.machines.update(|machines| {
                    if let Some(machine) = machines.remove(old) {
                        machines.insert(new.clone(), machine);
                    }
                });
            }
            _ => return Ok(()),
        }
        self.data.set(Some(to));
        Ok(())
    }

    /// Takes an item out of the document.
    pub fn delete_data(&self, item: &DataItem) {
        match item {
            DataItem::Object { bucket, key } => self.forget_object(bucket, key),
            DataItem::Machine(name) => self.machines.update(|machines| drop(machines.remove(name))),
            DataItem::Written { .. } => return,
        }
        self.data.set(None);
    }

    fn forget_object(&self, bucket: &str, key: &str) {
        self.objects.update(|objects| {
            if let Some(keys) = objects.get_mut(bucket) {
                keys.remove(key);
                if keys.is_empty() {
                    objects.remove(bucket);
                }
            }
        });
    }
}
