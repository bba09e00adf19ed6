import Exports
import Glibc
import Measures
import Pages
import Policies
import Registers
import ReportModel
import StaffReports
import Tabular
import Workbooks

// The way of one school from its files to its pages and workbooks, on one thread, for tools that look at every access to memory.
// Usage: memory FOLDER PUPILS REGISTER ...

/// The bytes of a file.
private func export(_ path: String) -> ExportFile {
  let source = SourceFile(path) { () throws(TableFailure) in
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
    return { (buffer) throws(TableFailure) in
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      guard count >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
      return count
    }
  }
  return ExportFile(source)
}

let arguments = CommandLine.arguments
guard arguments.count > 3, let asAt = Day(year: 2026, month: 2, day: 13) else { exit(2) }
let folder = arguments[1]
var reader = RegisterReader(schools: [SchoolSettings(Registers.School(name: "The school"))], asAt: asAt)
try reader.readPupils(export(arguments[2]), schools: [0])
for path in arguments[3...] { try reader.readRegister(export(path), schools: [0]) }
let school = try reader.finish().schools[0]
let policy = try Policy(
  name: Policy.usual, yaml: Policy.shipped[Policy.usual] ?? "", file: Policy.usual + ".yaml")
let figures = SchoolFigures(school.register, asAt: asAt, policy: policy)
let templates = try PageTemplates()
let reports: [Report] = [
  .sencoReport(figures), .lookedAfterReport(figures), .disadvantagedReport(figures),
  .attendanceActions(figures), .dataQuality(figures, files: [], findings: school.findings),
]
for report in reports {
  try report.writeWorkbook(to: "\(folder)/\(report.kind.rawValue).xlsx", publisher: "The trust")
  let page = templates.page(report, publisher: "The trust", workbook: nil, version: "1")
  print(report.kind.rawValue, page.utf8.count)
}
