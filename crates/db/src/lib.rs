//! Entities, migrations and queries; the only crate that names SeaORM.
