import Tabular
import Registers
import Testing

@testable import Comparators

/// Relations between the columns of DfE's file that must also hold for the figures read from it.
@Suite struct PublishedLawTests {
  /// 643 of 647 rows are not suppressed, and each has 18 percentages with counts.
  @Test func `every percentage agrees with the counts of its row`() throws {
    let read = try Published.all().all.filter { $0.file == Published.attendance }
    let counted = read.filter { $0.counts != nil }
    #expect(Set(counted.map(\.row)).count == 643)
    #expect(counted.count == 643 * 18)
    for benchmark in counted {
      let counts = try #require(benchmark.counts)
      let published = try #require(benchmark.value.number).double
      #expect(
        abs(counts.percent - published) <= 1e-9 * max(abs(published), 1e-12),
        "row \(benchmark.row), \(benchmark.measure.label)")
    }
    // The file has no counts for persistent absence and for suppressed rows.
    let uncounted = read.filter { $0.counts == nil }
    #expect(uncounted.count == read.count - counted.count && !uncounted.isEmpty)
    #expect(
      uncounted.allSatisfy {
        $0.measure == .persistentAbsence || $0.value == .missing(.confidential)
      })
  }

  @Test func `attendance and absence add up to possible sessions`() throws {
    let cells = try Cells(try Published.bytes(Published.attendance))
    var rows = 0
    for row in cells.rows.indices {
      guard let possible = cells.number(row, "possible_sessions") else { continue }
      rows += 1
      let parts = [
        "present_sessions", "approved_educational_activity", "authorised_absence", "unauthorised_absence",
      ].map { cells.number(row, $0) ?? -1 }
      #expect(parts[0] + parts[1] == cells.number(row, "overall_attendance"))
      #expect(parts[2] + parts[3] == cells.number(row, "overall_absence"))
      #expect(parts.reduce(0, +) == possible)
      #expect(
        (cells.number(row, "reason_l_present_late_before_registers_closed") ?? -1)
          + (cells.number(row, "reason_u_unauthorised_late_after_registers_closed") ?? -1)
          == cells.number(row, "late_sessions"))
    }
    #expect(rows == 643)
  }

  @Test func `attendance is the complement of absence`() throws {
    let read = try Published.all().all.filter { $0.file == Published.attendance }
    #expect(read.count { $0.measure == .attendance && $0.value.number != nil } == 643)
    let absence = Dictionary(
      uniqueKeysWithValues: read.filter { $0.measure == .overallAbsence }.map { ($0.row, $0.value) })
    for attendance in read where attendance.measure == .attendance {
      guard let number = attendance.value.number else { continue }
      let complement = try #require(absence[attendance.row]?.number).complement
      #expect(abs(number.double - complement.double) < 1e-11)
      #expect(number.tenthsOfPercent == complement.tenthsOfPercent, "row \(attendance.row)")
    }
  }

  @Test func `symbols are counted and are not numbers`() throws {
    let benchmarks = try Published.all()
    #expect(benchmarks.files.map(\.figures) == [643 * 19, 326, 9160])
    #expect(benchmarks.files[0].missing == [.confidential: 4 * 19])
    #expect(benchmarks.files[2].missing == [.confidential: 3075, .notApplicable: 365])
    #expect(benchmarks.all.count == 647 * 19 + 326 + 2520 * 5)
    let scilly = benchmarks.all.filter { $0.geography.name == "Isles of Scilly" && $0.series == .daily }
    #expect(!scilly.isEmpty && scilly.allSatisfy { $0.value == .missing(.confidential) })
  }

  @Test func `a filter keeps areas of the trust and counts all figures`() throws {
    let schools = [School(name: "A", phase: .primary, localAuthority: "southampton")]
    let source = BenchmarkSource(Published.file(try Published.bytes(Published.attendance)), to: nil)
    let kept = try Benchmarks.read([source], filter: GeographyFilter(for: schools))
    #expect(kept.files[0].figures == 643 * 19)
    let levels = Dictionary(grouping: kept.all, by: \.geography.level).mapValues { Set($0.map(\.row)).count }
    #expect(levels == [.england: 4, .region: 36, .localAuthority: 4])
  }
}
