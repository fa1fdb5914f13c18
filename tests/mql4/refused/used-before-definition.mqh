#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return(G());
  }
int G(void)
  {
   return(1);
  }
#endif
// refused: used-before-definition at 5:11
