import { CONDITION_CONFIGS } from '../../model';
import { type AlbAction, type AlbCondition, type AlbTransform } from '../fields/ingress';
import { quotedNumber } from '../written';

type Target = Extract<AlbAction, { type: 'forward' }>['targetGroups'][number];

/** An action in the words of the annotation `actions.*`. */
export function actionJson(action: AlbAction): string {
  switch (action.type) {
    case 'redirect': {
      const { type, port, ...config } = action;
      return JSON.stringify({
        type,
        redirectConfig: { ...config, ...(port !== undefined && { port: quotedNumber(port) }) },
      });
    }
    case 'fixed-response': {
      const { type, statusCode, ...config } = action;
      return JSON.stringify({
        type,
        fixedResponseConfig: { ...config, statusCode: quotedNumber(statusCode) },
      });
    }
    case 'forward': {
      const { type, targetGroups, stickinessSeconds: seconds } = action;
      return JSON.stringify({
        type,
        forwardConfig: {
          targetGroups: targetGroups.map(targetJson),
          ...(seconds !== undefined && {
            targetGroupStickinessConfig: { enabled: true, durationSeconds: seconds },
          }),
        },
      });
    }
  }
}

function targetJson({ weight, ...target }: Target): object {
  if ('service' in target) return { serviceName: target.service, servicePort: target.port, weight };
  if ('targetGroupArn' in target) return { targetGroupARN: target.targetGroupArn, weight };
  return { targetGroupName: target.targetGroupName, weight };
}

/** A condition in the words of the annotation `conditions.*`. */
export function conditionJson({ field, ...config }: AlbCondition): object {
  return { field, [CONDITION_CONFIGS[field]]: config };
}

/** A transform in the words of the annotation `transforms.*`. */
export function transformJson({ type, rewrites }: AlbTransform): object {
  return type === 'url-rewrite'
    ? { type, urlRewriteConfig: { rewrites } }
    : { type, hostHeaderRewriteConfig: { rewrites } };
}
