import {
  boolean,
  choice,
  datetime,
  hidden,
  identifiedReference,
  info,
  list,
  number,
  reference,
  text,
  type Schema,
} from './field-schema.ts';

const levels = ['Low', 'Medium', 'High'];

/** What a service ticket has: drives filters, `fields`, lengths and PATCH paths alike (facts §5). */
export const ticketSchema: Schema = {
  id: number('never'),
  summary: text(100),
  recordType: choice('ServiceTicket', 'ProjectTicket', 'ProjectIssue'),
  board: reference(),
  status: reference(),
  company: reference(identifiedReference),
  site: reference(),
  siteName: text(50),
  addressLine1: text(50),
  addressLine2: text(50),
  city: text(50),
  stateIdentifier: text(50),
  zip: text(12),
  contact: reference(),
  contactName: text(62),
  contactPhoneNumber: text(20),
  contactEmailAddress: text(250),
  type: reference(),
  subType: reference(),
  item: reference(),
  team: reference(),
  owner: reference(identifiedReference),
  priority: reference(),
  source: reference(),
  severity: choice(...levels),
  impact: choice(...levels),
  requiredDate: datetime(),
  budgetHours: number(),
  actualHours: number('derived'),
  externalXRef: text(100),
  poNumber: text(50),
  mobileGuid: text(36, 'create'),
  allowAllClientsPortalView: boolean(),
  customerUpdatedFlag: boolean(),
  automaticEmailContactFlag: boolean(),
  automaticEmailResourceFlag: boolean(),
  automaticEmailCcFlag: boolean(),
  automaticEmailCc: text(1000),
  initialDescription: hidden(text(undefined, 'create')),
  initialInternalAnalysis: hidden(text(undefined, 'create')),
  initialResolution: hidden(text(undefined, 'create')),
  processNotifications: hidden(boolean()),
  skipCallback: hidden(boolean()),
  parentTicketId: number('create'),
  hasChildTicket: boolean('derived'),
  mergedParentTicket: reference({ id: number('never'), summary: text() }, 'never'),
  hasMergedChildTicketFlag: boolean('derived'),
  closedFlag: boolean('derived'),
  closedDate: datetime('derived'),
  closedBy: text(undefined, 'derived'),
  integratorTags: list(),
  customFields: list(),
  ...info,
};

export const noteSchema: Schema = {
  id: number('never'),
  ticketId: number('never'),
  text: text(),
  detailDescriptionFlag: boolean(),
  internalAnalysisFlag: boolean(),
  resolutionFlag: boolean(),
  issueFlag: boolean(),
  member: reference(identifiedReference),
  contact: reference(),
  customerUpdatedFlag: boolean(),
  processNotifications: boolean(),
  dateCreated: datetime('never'),
  createdBy: text(undefined, 'never'),
  internalFlag: boolean('derived'),
  externalFlag: boolean('derived'),
  ...info,
};

/** `allNotes` answers a wider note; its `noteType` cannot be filtered (facts §3.2). */
export const allNotesSchema: Schema = {
  ...noteSchema,
  noteType: { ...choice('TicketNote', 'TimeEntryNote', 'MeetingNote'), filterable: false },
  isMarkdownFlag: boolean('never'),
  mergedFlag: boolean('never'),
  bundledFlag: boolean('never'),
  originalAuthor: text(undefined, 'never'),
};

/** `caption="Ref" AND value = "x"` of customFieldConditions. */
export const customFieldSchema: Schema = { id: number(), caption: text(), type: text(), value: text() };

const setup = (fields: Schema): Schema => ({ id: number('never'), name: text(50), ...fields, ...info });

export const boardSchema = setup({
  inactiveFlag: boolean(),
  projectFlag: boolean(),
  location: reference(),
  department: reference(),
});
export const statusSchema = setup({
  board: reference(),
  sortOrder: number(),
  inactive: boolean(),
  closedStatus: boolean(),
  defaultFlag: boolean(),
  displayOnBoard: boolean(),
  timeEntryNotAllowed: boolean(),
  escalationStatus: text(),
});
export const typeSchema = setup({ board: reference(), inactive: boolean(), defaultFlag: boolean() });
export const subTypeSchema = setup({ board: reference(), inactive: boolean(), typeAssociationIds: list() });
export const itemSchema = setup({ board: reference(), inactive: boolean() });
export const teamSchema = setup({ name: text(30), boardId: number(), defaultFlag: boolean() });
export const associationSchema: Schema = {
  id: number('never'),
  board: reference(),
  type: reference(),
  subType: reference(),
  item: reference(),
  ...info,
};
export const prioritySchema = setup({ color: text(), sortOrder: number(), defaultFlag: boolean() });
export const sourceSchema = setup({ defaultFlag: boolean() });
export const labelSchema = setup({ defaultFlag: boolean() });
export const companySchema = setup({ identifier: text(25), deletedFlag: boolean(), status: reference() });
export const configurationSchema = setup({
  name: text(100),
  deviceIdentifier: text(100),
  serialNumber: text(250),
  macAddress: text(250),
  company: reference(identifiedReference),
  status: reference(),
  type: reference(),
});
export const memberSchema: Schema = {
  id: number('never'),
  identifier: text(15),
  firstName: text(30),
  lastName: text(30),
  inactiveFlag: boolean(),
  licenseClass: choice('F', 'A', 'X'),
  ...info,
};
export const customFieldDefinitionSchema: Schema = {
  id: number('never'),
  caption: text(25),
  screenId: text(),
  fieldTypeIdentifier: text(),
  requiredFlag: boolean(),
  ...info,
};
export const callbackSchema: Schema = {
  id: number('never'),
  url: text(1000),
  objectId: number(),
  type: text(),
  level: text(),
  description: text(100),
  payloadVersion: text(),
  inactiveFlag: boolean(),
  isSelfSuppressedFlag: boolean(),
  memberId: number('never'),
  ...info,
};
