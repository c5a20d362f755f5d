use sea_orm::{EntityTrait, Iterable as _};

/// Values that one statement may carry: SQLite allows 32,766, PostgreSQL 65,535.
const VALUES: usize = 32_000;

/// Cuts rows into lots that fit into one `INSERT` each.
pub(super) fn chunks<E: EntityTrait, R>(rows: Vec<R>) -> Vec<Vec<R>> {
    let size = VALUES / E::Column::iter().count();
    let mut rest = rows.into_iter();
    std::iter::from_fn(|| {
        let lot: Vec<R> = rest.by_ref().take(size).collect();
        (!lot.is_empty()).then_some(lot)
    })
    .collect()
}
