import Registers

/// A made-up trust, whose files are the same bytes for a seed on every machine.
///
/// The schools and pupils do not exist. Every school and pupil has separate random numbers, so a change to
/// one does not change the others.
package struct SampleTrust: Sendable {
  package let name: String
  /// The last day that the registers cover.
  package let asAt: Day
  let plans: [SchoolPlan]
  let seed: UInt64

  /// Creates the showcase trust of four schools, or a large trust if `schools` or `pupils` is not `nil`.
  ///
  /// The showcase trust ends on 13 February 2026 and contains a few dozen rows with deliberate errors. A
  /// large trust ends on 21 July 2026 and contains no errors.
  ///
  /// - Parameters:
  ///   - schools: The number of schools of a large trust, limited to 1...480. The default is 4.
  ///   - pupils: The number of pupils per school of a large trust, limited to 1...3000. The default is 300.
  ///   - seed: The seed of the random numbers.
  ///   - until: The last day of the registers, limited to 12 September 2025...21 July 2026.
  package init(schools: Int? = nil, pupils: Int? = nil, seed: UInt64, until: Day? = nil) {
    let isShowcase = schools == nil && pupils == nil
    let last = until ?? (isShowcase ? SampleCalendar.endOfSpring1 : SampleCalendar.lastDay)
    asAt = min(max(last, SampleCalendar.day(9, 12)), SampleCalendar.lastDay)
    self.seed = seed
    if isShowcase {
      name = ShowcaseTrust.name
      plans = ShowcaseTrust.schools(until: asAt)
    } else {
      name = LargeTrust.name
      plans = LargeTrust.schools(
        min(max(schools ?? 4, 1), 480), pupils: min(max(pupils ?? 300, 1), 3000), until: asAt)
    }
  }

  /// Generates every file and passes it to `file`, one school at a time.
  ///
  /// - Parameter file: A closure that stores a file. The path is relative and separated by `/`.
  /// - Throws: `SampleFailure` if a workbook cannot be written, and any error that `file` throws.
  package func write(_ file: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
    try file("trust.yaml", SampleTrustFile(name: name, asAt: asAt, schools: plans).bytes)
    var buffer: [UInt8] = []
    for plan in plans {
      try SampleSchool(plan, seed: seed).write(using: &buffer, file)
    }
  }
}

/// An error in the generation of a made-up trust.
package enum SampleFailure: Error, Hashable {
  /// A workbook cannot be written, because there is not enough memory or space for temporary files.
  case workbook(name: String, reason: String)
}

extension SampleFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .workbook(let name, let reason): "\(name) could not be made: \(reason)"
    }
  }
}

/// A made-up school, with its pupils and the files that its system would export.
struct SampleSchool {
  let plan: SchoolPlan
  let pupils: [SamplePupil]
  private let seed: UInt64

  init(_ plan: SchoolPlan, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    pupils = PupilRoster(of: plan, seed: seed).pupils
  }

  /// Passes each file of the school to `file`.
  ///
  /// - Parameter buffer: Memory that the schools share to avoid an allocation for each of them.
  /// - Throws: `SampleFailure` if a workbook cannot be written, and any error that `file` throws.
  func write(
    using buffer: inout [UInt8], _ file: (_ path: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    if plan.style == .plain {
      buffer.removeAll(keepingCapacity: true)
      var register = PlainRegister(of: plan, seed: seed)
      register.write(pupils, to: &buffer)
      try file("\(plan.folder)/register.csv", buffer)
    }
    for export in exports { try file("\(plan.folder)/\(export.name)", export.bytes()) }
  }

  /// The deliberate errors of the school's files, with the paths of the files relative to the trust file.
  var seededErrors: [(path: String, error: SeededError)] {
    exports.flatMap { file in file.errors.map { ("\(plan.folder)/\(file.name)", $0) } }
  }

  /// The files of the school, except the register of a plain export, which `write` generates in its buffer.
  private var exports: [ExportedFile] {
    var rows: [RegisterRow] { RegisterRows(of: plan, pupils: pupils, seed: seed).rows }
    let registers =
      switch plan.style {
      case .sims: SIMSRegister(plan: plan, pupils: pupils).files(of: rows)
      case .weekStrings: WeekRegister(plan: plan, pupils: pupils, seed: seed).files(of: rows)
      case .registerWorkbook: RegisterWorkbook(plan: plan, pupils: pupils, seed: seed).files(of: rows)
      case .wonde: WondeRegister(plan: plan, pupils: pupils).files(of: rows)
      case .plain: [ExportedFile]()
      }
    return registers + [PupilFile(plan).file(of: pupils)]
  }
}

/// The trust file of a made-up trust.
struct SampleTrustFile {
  let name: String
  let asAt: Day
  let schools: [SchoolPlan]

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(text: "name: \(name)\nas_at: \(asAt.iso)\ndisclosure: {threshold: 5}\nschools:\n")
    for school in schools {
      bytes.append(
        text: """
            - name: \(school.name)
              urn: "\(school.urn)"
              phase: \(school.phase.rawValue)
              local_authority: \(school.localAuthority.name)
              policy: \(school.policy)
              registers: [\(school.folder)/*.\(school.style.fileExtension)]
              pupils: [\(school.folder)/\(school.style.pupilFileName)]

          """)
      // The meanings of these characters cannot be detected from the files.
      if school.style == .weekStrings {
        let marks = WeekRegister.markCharacters.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ")
        bytes.append(text: "    profile:\n      marks: {\(marks)}\n")
      }
    }
    return bytes
  }
}
