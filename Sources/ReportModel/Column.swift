import Registers

/// A column of a table, a CSV file or a mail merge.
///
/// Headers, cells and the data dictionary are all made from columns, so they cannot disagree.
package struct Column<Row>: Sendable {
  /// The name in data files, unique in its table: `attendance_percent`.
  package let id: String
  /// The header, with its unit.
  package let title: String
  package let unit: Table.Unit
  /// The meaning in a sentence, or empty where the title says it all.
  package let meaning: String
  package let value: @Sendable (Row) -> Cell

  package init(
    _ id: String, _ title: String, _ unit: Table.Unit = .number, meaning: String = "",
    value: @escaping @Sendable (Row) -> Cell
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.meaning = meaning
    self.value = value
  }

  package static func text(
    _ id: String, _ title: String, meaning: String = "", _ text: @escaping @Sendable (Row) -> String
  ) -> Column {
    Column(id, title, .text, meaning: meaning) { .text(text($0)) }
  }

  /// Returns the same column for rows that contain a `Row`.
  package func of<Outer>(_ row: @escaping @Sendable (Outer) -> Row) -> Column<Outer> {
    Column<Outer>(id, title, unit, meaning: meaning) { value(row($0)) }
  }

  /// The column without its values.
  package var heading: Table.Column { Table.Column(title, unit, id: id, meaning: meaning) }
}

extension MailMerge {
  package init<Row>(school: String, asAt: Day, columns: [Column<Row>], rows: [Row]) {
    self.init(
      school: school, asAt: asAt, columns: columns.map(\.heading),
      rows: rows.map { row in columns.map { $0.value(row) } })
  }
}
