extension Pupil {
  /// A Boolean value that indicates whether the pupil has a date of birth or a year, which decide the national scope.
  ///
  /// If no pupil of a school has either, every pupil counts.
  package var tellsAge: Bool { dateOfBirth.unredacted != nil || year != nil }

  /// Returns whether the pupil counts in national figures: aged 5 to 15 on 31 August at the start of the school year.
  ///
  /// Without a date of birth, national curriculum year 1 to 11 decides; without either, the pupil does not count.
  /// Source: methodology of *Pupil absence in schools in England*; rules, section 3.
  package func isInNationalScope(in schoolYear: SchoolYear) -> Bool {
    if let dateOfBirth = dateOfBirth.unredacted { return 5...15 ~= schoolYear.age(of: dateOfBirth) }
    guard let year else { return false }
    return 1...11 ~= year.number
  }

  /// Returns whether the second half of the summer term is left out of national figures for the pupil, who is 15 (Year 11).
  package func leavesOutSummer2(in schoolYear: SchoolYear) -> Bool {
    if let dateOfBirth = dateOfBirth.unredacted { return schoolYear.age(of: dateOfBirth) == 15 }
    return year?.number == 11
  }
}
