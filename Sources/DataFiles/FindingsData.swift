import Registers

/// The rows of `findings.csv`.
package enum FindingsData {
  package static let header = "severity,rule,school_urn,file,row,message,remedy\n"

  package static func rows(of findings: [Finding]) -> [UInt8] {
    var csv = CSVText()
    for finding in findings {
      csv.field(finding.rule.severity.rawValue)
      csv.field(finding.rule.id)
      csv.field(finding.school ?? "")
      csv.field(finding.file)
      csv.field(finding.row)
      csv.field(finding.message)
      csv.field(finding.rule.remedy)
      csv.endLine()
    }
    return csv.bytes
  }
}
