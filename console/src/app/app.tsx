import { lazy, Suspense, useState } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { OrderPage } from '../order/order-page.tsx';
import { OrdersPage } from '../orders/orders-page.tsx';
import { BASE } from '../root.ts';
import { useOperator } from '../session/context.tsx';
import type { Start } from '../session/sign-in.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Awaited } from '../ui/panel.tsx';
import { ExpiredDialog } from './expired-dialog.tsx';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';

const TasksPage = lazy(() => import('../tasks/tasks-page.tsx'));
const LettersPage = lazy(() => import('../letters/letters-page.tsx'));
const LetterPage = lazy(() => import('../letters/letter-page.tsx'));
const HealthPage = lazy(() => import('../health/health-page.tsx'));
const ConfigurationPage = lazy(() => import('../configuration/configuration-page.tsx'));
const PackingPage = lazy(() => import('../packing/packing-page.tsx'));
const StockPage = lazy(() => import('../stock/stock-page.tsx'));
const ArticlePage = lazy(() => import('../stock/article-page.tsx'));
const TaskPage = lazy(() => import('../tasks/task-page.tsx'));

export function App({ start }: { readonly start: Start }) {
  const operator = useOperator();
  const [wasSignedIn] = useState(operator !== undefined);
  if (!wasSignedIn) {
    return <SignInPage to={start.to} {...(start.kind === 'failed' ? { error: start.error } : {})} />;
  }
  return (
    <Router base={BASE}>
      <Shell>
        <Boundary>
          <Pages />
        </Boundary>
      </Shell>
      {!operator && <ExpiredDialog />}
    </Router>
  );
}

function Pages() {
  const { t } = useWords();
  return (
    <Suspense fallback={<Awaited label={t('awaited')} rows={8} />}>
      <Switch>
        <Route path="/">
          <Redirect to="/orders" replace />
        </Route>
        <Route path="/orders" component={OrdersPage} />
        <Route path="/orders/:orderId">{({ orderId }) => <OrderPage key={orderId} orderId={orderId} />}</Route>
        <Route path="/tasks" component={TasksPage} />
        <Route path="/tasks/:taskId">{({ taskId }) => <TaskPage key={taskId} taskId={taskId} />}</Route>
        <Route path="/tasks/:orderId/:taskId">
          {({ orderId, taskId }) => <TaskPage key={taskId} taskId={taskId} orderId={orderId} />}
        </Route>
        <Route path="/dead-letters" component={LettersPage} />
        <Route path="/dead-letters/:letterId">
          {({ letterId }) => <LetterPage key={letterId} letterId={letterId} />}
        </Route>
        <Route path="/health" component={HealthPage} />
        <Route path="/configuration" component={ConfigurationPage} />
        <Route path="/packing" component={PackingPage} />
        <Route path="/stock" component={StockPage} />
        <Route path="/stock/:sku">{({ sku }) => <ArticlePage key={sku} sku={sku} />}</Route>
        <Route>
          <div className="page">
            <h1>{t('nowhere.title')}</h1>
            <p className="lead">{t('nowhere.hint')}</p>
          </div>
        </Route>
      </Switch>
    </Suspense>
  );
}
