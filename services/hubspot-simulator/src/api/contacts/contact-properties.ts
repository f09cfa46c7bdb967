import { z } from 'zod';
import { HubSpotError } from '../errors.ts';

/** HubSpot refuses properties that the account has not defined. These are among the ones that every account has. */
const DEFINED = new Set([
  'address',
  'annualrevenue',
  'city',
  'company',
  'country',
  'date_of_birth',
  'email',
  'fax',
  'firstname',
  'gender',
  'hs_additional_emails',
  'hs_language',
  'hs_lead_status',
  'industry',
  'jobtitle',
  'lastname',
  'lifecyclestage',
  'message',
  'mobilephone',
  'numemployees',
  'phone',
  'salutation',
  'state',
  'twitterhandle',
  'website',
  'zip',
]);

/** HubSpot's own, which nobody can set. */
const READ_ONLY = new Set(['createdate', 'hs_object_id', 'lastmodifieddate']);

const Email = z.email();

/** The properties a request sets, or the refusal that names each one that cannot be. An empty value clears a property. */
export function checkProperties(properties: Record<string, string>): Record<string, string> {
  const problems = Object.entries(properties).flatMap(([name, value]) => problemOf(name, value));
  if (problems.length === 0) return properties;
  throw new HubSpotError(400, {
    message: `Property values were not valid: ${JSON.stringify(problems)}`,
    category: 'VALIDATION_ERROR',
    errors: problems.map(({ message, error, name }) => ({
      message,
      code: error,
      in: name,
      context: { propertyName: [name] },
    })),
  });
}

function problemOf(name: string, value: string) {
  if (READ_ONLY.has(name))
    return [{ isValid: false, message: `"${name}" is a read only property`, error: 'READ_ONLY_VALUE', name }];
  if (!DEFINED.has(name))
    return [{ isValid: false, message: `Property "${name}" does not exist`, error: 'PROPERTY_DOESNT_EXIST', name }];
  if (name === 'email' && value !== '' && !Email.safeParse(value).success)
    return [{ isValid: false, message: `Email address ${value} is invalid`, error: 'INVALID_EMAIL', name }];
  return [];
}
